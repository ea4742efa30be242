// Reading for the product's own computations: ids behind a filter, texts of records, one by key.

#include <map>
#include <span>

#include "records/query_plan.h"
#include "records/records.h"
#include "records/rights.h"

namespace linchpin::records {

using storage::Connection;
using storage::Sql;

namespace {

// One statement for so many records: a database server answers each only after a journey.
constexpr std::size_t texts_at_once = 64;

Result<std::map<RecordId, std::vector<std::string>>> texts_by_id(storage::Statement& rows,
                                                                 std::size_t fields) {
  std::map<RecordId, std::vector<std::string>> texts;
  while (true) {
    LP_TRY(const bool found, rows.step());
    if (!found) return texts;
    std::vector<std::string>& row = texts[RecordId{rows.integer(0)}];
    for (std::size_t i = 1; i <= fields; ++i) row.emplace_back(rows.text(static_cast<int>(i)));
  }
}

}  // namespace

Status Records::select_ids(Connection& connection, const access::AccessScope& scope,
                           std::string_view object_name, const json::value& where,
                           const IdVisitor& visit) {
  const auto held = schema();
  LP_TRY(const Object* object, visible_object(*held, scope, object_name));
  const WorkspaceFrame workspace = frame();
  const FilterFrame filter_frame{*held, scope, workspace.time_zone, today()};
  QueryPlan plan;
  plan.object = object;
  LP_TRY(plan.where, read_filter(filter_frame, *object, where, "/where"));
  LP_TRY(const Viewer seen_by, weighed(connection, *held, viewer(scope), *object));
  FromClause from(seen_by, *held, *object, connection.dialect());
  const Sql condition = condition_sql(from, plan);
  Sql sql("SELECT ");
  sql.append(from.base()).add(".id").append(from.sql()).add(" WHERE ").append(condition);
  LP_TRY(const auto rows, connection.prepare(sql));
  while (true) {
    LP_TRY(const bool found, rows->step());
    if (!found) return {};
    visit(RecordId{rows->integer(0)});
  }
}

Status Records::read_texts(Connection& connection, const access::AccessScope& scope,
                           std::string_view object_name, const std::vector<RecordId>& ids,
                           const std::vector<std::string>& fields, const TextVisitor& visit) {
  const auto held = schema();
  LP_TRY(const Object* object, visible_object(*held, scope, object_name));
  const FromClause from(viewer(scope), *held, *object, connection.dialect());
  Sql sql("SELECT ");
  sql.append(from.id());
  for (const std::string& name : fields) {
    const Field* field = object->field(name);
    const bool readable = field && field->stored && field->is_text() &&
                          field->sensitivity == Sensitivity::normal &&
                          right_of(scope, *object, *field) != access::FieldRight::none;
    if (!readable) return Error::of(ErrorCode::unknown_field);
    sql.add(", ").name(field->column);
  }
  sql.append(from.sql()).add(" WHERE ").append(from.live()).add(" AND ").append(from.id());
  const auto first_place = static_cast<int>(sql.add(" IN (").values().size());
  for (std::size_t i = 1; i < texts_at_once; ++i) sql.parameter().add(", ");
  sql.parameter().add(")");
  LP_TRY(const auto rows, connection.prepare(sql));
  std::vector<std::string_view> texts;
  for (std::size_t begin = 0; begin < ids.size(); begin += texts_at_once) {
    const std::span part(ids.data() + begin, std::min(texts_at_once, ids.size() - begin));
    rows->reset();
    for (std::size_t i = 0; i < texts_at_once; ++i) {
      rows->bind_integer(first_place + static_cast<int>(i),
                         part[std::min(i, part.size() - 1)].value);
    }
    LP_TRY(const auto found, texts_by_id(*rows, fields.size()));
    for (const RecordId id : part) {
      const auto at = found.find(id);
      texts.assign(fields.size(), {});
      if (at != found.end()) texts.assign(at->second.begin(), at->second.end());
      visit(id, texts);
    }
  }
  return {};
}

Result<RecordId> Records::find(Connection& connection, const access::AccessScope& scope,
                               std::string_view object_name, std::string_view field_name,
                               std::string_view value) {
  const auto held = schema();
  LP_TRY(const Object* object, visible_object(*held, scope, object_name));
  const Field* field = object->field(field_name);
  if (!field || !field->stored || right_of(scope, *object, *field) == access::FieldRight::none) {
    return Error::of(ErrorCode::unknown_field);
  }
  const FromClause from(viewer(scope), *held, *object, connection.dialect());
  Sql sql("SELECT ");
  sql.append(from.id()).append(from.sql()).add(" WHERE ").append(from.live()).add(" AND ");
  if (field->has_key_column() && !field->unique) {
    // The index is on the key form; the exact text decides.
    sql.name(field->key_column).add(" = ").value(std::string_view(key_form(*field, value)));
    sql.add(" AND ");
  }
  sql.name(field->column).add(" = ").value(value).add(" ORDER BY ");
  sql.append(from.id()).add(" LIMIT 1");
  LP_TRY(const std::int64_t id, query_integer(connection, sql, 0));
  return RecordId{id};
}

}  // namespace linchpin::records
