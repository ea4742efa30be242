#include "bare_loops.h"

#include <chrono>

#include "base/json_writer.h"

namespace linchpin::load {

namespace {

using records::Field;
using records::FieldType;
using SteadyClock = std::chrono::steady_clock;

constexpr std::int64_t created_operation = 0;
constexpr std::int64_t updated_operation = 1;

bool is_list(const Field& field) {
  return field.many || field.type == FieldType::multi_select;
}

void write_cell(JsonWriter& out, const Field& field, const BareRow& row, int column) {
  if (row.is_null(column)) {
    is_list(field) ? out.raw("[]") : out.null();
  } else if (is_list(field) || field.type == FieldType::json) {
    out.raw(row.text(column));
  } else if (field.is_text() || field.type == FieldType::select) {
    out.string(row.text(column));
  } else if (const std::int64_t value = row.integer(column); field.is_scaled()) {
    out.decimal(value, field.scale);
  } else if (field.is_link()) {
    out.id(RecordId{value});
  } else if (field.type == FieldType::date) {
    out.date(static_cast<Day>(value));
  } else if (field.type == FieldType::datetime) {
    out.instant(value);
  } else if (field.type == FieldType::boolean) {
    out.boolean(value != 0);
  } else {
    out.integer(value);
  }
}

void write_record(JsonWriter& out, const BareList& list, const BareRow& row) {
  out.begin_object().key("id").id(RecordId{row.integer(0)});
  out.key("version").integer(row.integer(1)).key("fields").begin_object();
  for (std::size_t i = 0; i < list.columns.size(); ++i) {
    out.key(list.columns[i].name);
    write_cell(out, *list.columns[i].field, row, static_cast<int>(i) + 2);
  }
  out.end_object().key("can").raw(R"(["update","delete"])").end_object();
}

std::string sql_of(const BareList& list) {
  std::string sql = "SELECT " + list.key;
  for (const BareColumn& column : list.columns) sql += ", " + column.sql;
  return sql + " " + list.rest;
}

}  // namespace

std::vector<BareColumn> plain_columns(const records::Object& object) {
  std::vector<BareColumn> columns;
  for (const Field& field : object.fields) {
    const bool plain = field.sensitivity == records::Sensitivity::normal && field.stored;
    if (!plain || field.type == FieldType::id || field.api_name == "version") continue;
    columns.push_back({field.api_name, '"' + field.api_name + '"', &field});
  }
  return columns;
}

Result<double> BareLoops::repeat(const std::function<Status(std::int64_t n)>& work) {
  const auto begin = SteadyClock::now();
  const auto passed = [&] {
    return std::chrono::duration<double>(SteadyClock::now() - begin).count();
  };
  std::int64_t done = 0;
  for (; passed() < seconds_; ++done) LP_CHECK(work(done));
  return static_cast<double>(done) / passed();
}

Result<double> BareLoops::repeat_in_groups(int group,
                                           const std::function<Status(std::int64_t n)>& work) {
  LP_TRY(const double rate, repeat([&](std::int64_t n) -> Status {
           LP_CHECK(engine_.run("BEGIN"));
           for (int i = 0; i < group; ++i) LP_CHECK(work(n * group + i));
           return engine_.run("COMMIT");
         }));
  return rate * group;
}

Result<double> BareLoops::record(const BareList& list, const std::vector<std::int64_t>& ids,
                                 std::string& body) {
  const std::string sql = sql_of(list);
  return repeat([&](std::int64_t n) {
    JsonWriter out;
    const Status done = engine_.run(sql, {ids[static_cast<std::size_t>(n) % ids.size()]},
                                    [&](const BareRow& row) { write_record(out, list, row); });
    body = out.take();
    return done;
  });
}

Result<double> BareLoops::page(const BareList& list, std::string& body) {
  const std::string sql = sql_of(list);
  return repeat([&](std::int64_t) {
    JsonWriter out;
    out.begin_array();
    const Status done =
        engine_.run(sql, {}, [&](const BareRow& row) { write_record(out, list, row); });
    out.end_array();
    body = out.take();
    return done;
  });
}

Result<double> BareLoops::groups(const std::string& sql, std::string& body) {
  return repeat([&](std::int64_t) {
    JsonWriter out;
    out.begin_array();
    const Status done = engine_.run(sql, {}, [&](const BareRow& row) {
      out.begin_array().string(row.text(0)).string(row.text(1)).integer(row.integer(2));
      out.decimal(row.integer(3), 2).end_array();
    });
    out.end_array();
    body = out.take();
    return done;
  });
}

Status BareLoops::log_change(std::int64_t record, std::int64_t operation,
                             const std::string& changes) {
  return engine_.run(
      "INSERT INTO lp_change(at, object, record, operation, version, actor_kind, actor, request, "
      "client, cause, depth, changes, reason) "
      "VALUES (1, 'account', $1, $2, 1, 0, 1, '', '', 0, 0, $3, '')",
      {record, operation, changes}, [](const BareRow&) {});
}

Result<double> BareLoops::creates(int group) {
  LP_TRY(const double rate, repeat_in_groups(group, [&](std::int64_t n) -> Status {
           const std::string name = "bare " + std::to_string(n);
           LP_CHECK(engine_.run(
               "INSERT INTO account(id, version, created_at, updated_at, name, name__key) "
               "VALUES ($1, 1, 1, 1, $2, $3)",
               {n + 1, name, name}, [](const BareRow&) {}));
           return log_change(n + 1, created_operation, "");
         }));
  LP_CHECK(engine_.run("DELETE FROM account WHERE name LIKE 'bare %'"));
  LP_CHECK(engine_.run("DELETE FROM lp_change WHERE at = 1"));
  return rate;
}

Result<double> BareLoops::updates(const std::vector<std::int64_t>& ids, int group) {
  LP_TRY(
      const double rate, repeat_in_groups(group, [&](std::int64_t n) -> Status {
        const std::int64_t id = ids[static_cast<std::size_t>(n) % ids.size()];
        const std::string text = "Street " + std::to_string(n);
        LP_CHECK(engine_.run("UPDATE account SET address = $1, version = version + 1 WHERE id = $2",
                             {text, id}, [](const BareRow&) {}));
        return log_change(id, updated_operation,
                          R"([{"field":"address","from":null,"to":")" + text + "\"}]");
      }));
  LP_CHECK(engine_.run("DELETE FROM lp_change WHERE at = 1"));
  return rate;
}

}  // namespace linchpin::load
