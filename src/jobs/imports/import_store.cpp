#include "jobs/imports/import_store.h"

#include "storage/ddl.h"

namespace linchpin::imports {

using storage::Connection;
using storage::Sql;

namespace {

constexpr std::size_t max_cleaned_at_once = 1'000;

json::object object_of(std::string_view text) {
  auto object = parse_json_object(text);
  return object ? std::move(*object) : json::object();
}

json::object layout_json(const FileLayout& layout) {
  json::array columns;
  for (const FileColumn& column : layout.columns) {
    json::array samples;
    for (const std::string& sample : column.samples) samples.emplace_back(sample);
    columns.push_back(json::object{{"name", column.name},
                                   {"samples", std::move(samples)},
                                   {"multiplier", column.multiplier},
                                   {"suggested_field", column.suggested_field}});
  }
  return {{"first_data_row", layout.first_data_row},
          {"rows", layout.rows},
          {"total_rows", layout.total_rows},
          {"columns", std::move(columns)}};
}

FileLayout layout_of(const json::object& object) {
  FileLayout layout;
  layout.first_data_row = integer_at(object, "first_data_row");
  layout.rows = integer_at(object, "rows");
  layout.total_rows = integer_at(object, "total_rows");
  const json::value* columns = object.if_contains("columns");
  if (columns == nullptr || !columns->is_array()) return layout;
  for (const json::value& item : columns->get_array()) {
    if (!item.is_object()) continue;
    const json::object& from = item.get_object();
    FileColumn column{
        std::string(text_at(from, "name")), {}, 1, std::string(text_at(from, "suggested_field"))};
    const json::value* multiplier = from.if_contains("multiplier");
    if (multiplier != nullptr && multiplier->is_number()) {
      column.multiplier = multiplier->to_number<double>();
    }
    const json::value* samples = from.if_contains("samples");
    if (samples != nullptr && samples->is_array()) {
      for (const json::value& sample : samples->get_array()) {
        if (sample.is_string()) column.samples.emplace_back(sample.get_string());
      }
    }
    layout.columns.push_back(std::move(column));
  }
  return layout;
}

Counters counters_of(const json::object& object) {
  Counters counters;
  counters.created = integer_at(object, "created");
  counters.updated = integer_at(object, "updated");
  counters.failed = integer_at(object, "failed");
  counters.skipped = integer_at(object, "skipped");
  const json::value* records = object.if_contains("records");
  if (records != nullptr && records->is_object()) {
    for (const auto& member : records->get_object()) {
      if (member.value().is_int64()) {
        counters.records[std::string(member.key())] = member.value().get_int64();
      }
    }
  }
  return counters;
}

json::object problem_json(const Import& import) {
  if (!import.has_problem) return {};
  json::object params;
  for (const auto& [name, value] : import.problem.params) params[name] = value;
  return {{"code", code_name(import.problem.code)},
          {"detail", import.problem.detail},
          {"params", std::move(params)}};
}

void read_problem(const json::object& object, Import& import) {
  import.has_problem = !object.empty();
  const std::string_view code = text_at(object, "code");
  for (int i = 0; i < error_code_count; ++i) {
    if (code_name(static_cast<ErrorCode>(i)) == code) {
      import.problem.code = static_cast<ErrorCode>(i);
    }
  }
  import.problem.detail = text_at(object, "detail");
  const json::value* params = object.if_contains("params");
  if (params == nullptr || !params->is_object()) return;
  for (const auto& member : params->get_object()) {
    import.problem.params.emplace_back(std::string(member.key()),
                                       std::string(text_at(params->get_object(), member.key())));
  }
}

constexpr storage::Literal columns =
    "id, state, file_name, path, size, fingerprint, layout, object, plan, report, counters, "
    "revert, began, job, problem, created_by, importer, created_at, updated_at";

Import take(const storage::Statement& row) {
  Import import;
  import.id = RecordId{row.integer(0)};
  import.state = static_cast<State>(row.integer(1));
  import.file_name = row.text(2);
  import.path = row.text(3);
  import.size = row.integer(4);
  import.fingerprint = row.text(5);
  import.layout = layout_of(object_of(row.text(6)));
  import.object = row.text(7);
  import.plan = object_of(row.text(8));
  import.report = object_of(row.text(9));
  import.counters = counters_of(object_of(row.text(10)));
  import.revert = object_of(row.text(11));
  import.began = row.integer(12) != 0;
  import.job = RecordId{row.integer(13)};
  read_problem(object_of(row.text(14)), import);
  import.importer = {RecordId{row.integer(15)},
                     static_cast<jobs::Requester::Kind>(row.integer(16))};
  import.created_at = row.integer(17);
  import.updated_at = row.integer(18);
  return import;
}

Result<std::vector<Import>> read_all(Connection& connection, const Sql& sql) {
  LP_TRY(const auto row, connection.prepare(sql));
  std::vector<Import> found;
  while (true) {
    LP_TRY(const bool any, row->step());
    if (!any) return found;
    found.push_back(take(*row));
  }
}

Sql select() {
  Sql sql("SELECT ");
  return sql.add(columns).add(" FROM lp_import WHERE ");
}

}  // namespace

Status ensure_import_table(Connection& connection) {
  const auto dialect = connection.dialect();
  Sql table("CREATE TABLE IF NOT EXISTS lp_import (id");
  table.add(storage::key_column(dialect));
  table.add(
      ", state INTEGER NOT NULL, file_name TEXT NOT NULL, path TEXT NOT NULL, "
      "size BIGINT NOT NULL, fingerprint TEXT NOT NULL, layout TEXT NOT NULL, "
      "object TEXT NOT NULL, plan TEXT NOT NULL, report TEXT NOT NULL, "
      "counters TEXT NOT NULL, revert TEXT NOT NULL, began INTEGER NOT NULL, "
      "job BIGINT NOT NULL, problem TEXT NOT NULL, created_by BIGINT NOT NULL, "
      "importer INTEGER NOT NULL, created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL)");
  LP_CHECK(connection.execute(table));
  LP_CHECK(
      connection.execute(Sql("CREATE INDEX IF NOT EXISTS lp_import_content "
                             "ON lp_import(fingerprint)")));
  return {};
}

Status insert_import(Connection& connection, const Import& import) {
  Sql sql("INSERT INTO lp_import(");
  sql.add(columns).add(") VALUES (").value(import.id).add(", ");
  sql.value(static_cast<std::int64_t>(import.state)).add(", ").value(import.file_name);
  sql.add(", ").value(import.path).add(", ").value(import.size).add(", ");
  sql.value(import.fingerprint).add(", ").value(json::serialize(layout_json(import.layout)));
  sql.add(", '', '{}', '{}', '{}', '{}', 0, 0, '{}', ").value(import.importer.user).add(", ");
  sql.value(static_cast<std::int64_t>(import.importer.kind)).add(", ");
  sql.value(import.created_at).add(", ").value(import.created_at).add(")");
  LP_CHECK(connection.execute(sql));
  return {};
}

Result<std::optional<Import>> read_import(Connection& connection, RecordId id) {
  LP_TRY(auto found, read_all(connection, select().add("id = ").value(id)));
  if (found.empty()) return std::optional<Import>();
  return std::optional<Import>(std::move(found.front()));
}

Status update_import(Connection& connection, const Import& import) {
  Sql sql("UPDATE lp_import SET state = ");
  sql.value(static_cast<std::int64_t>(import.state)).add(", path = ").value(import.path);
  sql.add(", layout = ").value(json::serialize(layout_json(import.layout)));
  sql.add(", object = ").value(import.object).add(", plan = ");
  sql.value(json::serialize(import.plan)).add(", report = ");
  sql.value(json::serialize(import.report)).add(", counters = ");
  sql.value(json::serialize(counters_json(import.counters))).add(", revert = ");
  sql.value(json::serialize(import.revert)).add(", began = ");
  sql.value(std::int64_t{import.began}).add(", job = ").value(import.job).add(", problem = ");
  sql.value(json::serialize(problem_json(import))).add(", updated_at = ");
  sql.value(import.updated_at).add(" WHERE id = ").value(import.id);
  LP_CHECK(connection.execute(sql));
  return {};
}

Status update_counters(Connection& connection, RecordId id, const Counters& counters) {
  Sql sql("UPDATE lp_import SET counters = ");
  sql.value(json::serialize(counters_json(counters))).add(" WHERE id = ").value(id);
  LP_CHECK(connection.execute(sql));
  return {};
}

Result<std::vector<Import>> list_imports(Connection& connection, const ImportPage& page) {
  Sql sql = select();
  sql.add("id < ").value(page.before ? page.before.value : INT64_MAX);
  if (page.created_by) sql.add(" AND created_by = ").value(*page.created_by);
  sql.add(" ORDER BY id DESC LIMIT ").value(std::int64_t{page.limit});
  return read_all(connection, sql);
}

Result<RecordId> find_twin(Connection& connection, const Import& import) {
  Sql sql("SELECT id FROM lp_import WHERE fingerprint = ");
  sql.value(import.fingerprint).add(" AND object = ").value(import.object).add(" AND id <> ");
  sql.value(import.id).add(" AND state IN (");
  sql.value(static_cast<std::int64_t>(State::running)).add(", ");
  sql.value(static_cast<std::int64_t>(State::done)).add(") ORDER BY id DESC LIMIT 1");
  LP_TRY(const std::int64_t id, query_integer(connection, sql, 0));
  return RecordId{id};
}

Result<std::vector<Import>> imports_with_old_files(Connection& connection, Instant before) {
  Sql sql = select();
  sql.add("path <> '' AND created_at < ").value(before).add(" AND state NOT IN (");
  sql.value(static_cast<std::int64_t>(State::planning)).add(", ");
  sql.value(static_cast<std::int64_t>(State::running)).add(") ORDER BY id LIMIT ");
  return read_all(connection, sql.value(std::int64_t{max_cleaned_at_once}));
}

}  // namespace linchpin::imports
