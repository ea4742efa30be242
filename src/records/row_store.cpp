#include "records/row_store.h"

#include <algorithm>

namespace linchpin::records {

using storage::Connection;
using storage::Sql;

namespace {

void bind_key(storage::Statement& statement, int index, const Field& field, const Value& value) {
  if (is_empty(value)) {
    statement.bind_null(index);
  } else {
    statement.bind_text(index, key_form(field, text_of(value)));
  }
}

void bind_value(storage::Statement& statement, int index, const Value& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    statement.bind_integer(index, *integer);
  } else if (is_empty(value)) {
    statement.bind_null(index);
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    statement.bind_text(index, *text);
  } else {
    statement.bind(index, value);
  }
}

}  // namespace

Sql field_columns(const Object& object) {
  Sql sql;
  for (const Field& field : object.fields) {
    if (!sql.empty()) sql.add(", ");
    if (field.stored) {
      sql.add("t.").name(field.column);
    } else {
      sql.null();
    }
  }
  return sql;
}

RowValues take_row(const Object& object, const storage::Statement& row, int first_column) {
  RowValues values(object.fields.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] = row.value(first_column + static_cast<int>(i));
  }
  return values;
}

Result<std::optional<RowValues>> read_row(Connection& connection, const Object& object, RecordId id,
                                          Presence presence) {
  Sql sql("SELECT ");
  sql.append(field_columns(object)).add(" FROM ").name(object.table).add(" t WHERE t.id = ");
  sql.value(id);
  if (presence == Presence::live) sql.add(" AND t.deleted_at IS NULL");
  if (presence == Presence::trashed) sql.add(" AND t.deleted_at IS NOT NULL");
  LP_TRY(const auto rows, connection.prepare(sql));
  LP_TRY(const bool found, rows->step());
  if (!found) return std::optional<RowValues>();
  return std::optional<RowValues>(take_row(object, *rows, 0));
}

Status lock_row(Connection& connection, const Object& object, RecordId id) {
  if (connection.dialect() == storage::Dialect::sqlite) return {};  // there is one writer
  Sql sql("SELECT 1 FROM ");
  sql.name(object.table).add(" WHERE id = ").value(id).add(" FOR UPDATE");
  LP_CHECK(query_integer(connection, sql, 0));
  return {};
}

Result<RowInserter> RowInserter::prepare(Connection& connection, const Object& object) {
  Sql sql("INSERT INTO ");
  sql.name(object.table).add(" (");
  Sql places;
  for (const Field& field : object.fields) {
    if (!field.stored) continue;
    if (!places.empty()) sql.add(", ");
    if (!places.empty()) places.add(", ");
    sql.name(field.column);
    places.parameter();
    if (field.has_key_column()) {
      sql.add(", ").name(field.key_column);
      places.add(", ").parameter();
    }
  }
  sql.add(") VALUES (").append(places).add(")");
  LP_TRY(auto statement, connection.prepare(sql));
  return RowInserter(connection, object, std::move(statement));
}

namespace {

// What a unique index refuses leaves the rest of the write as it was: an import goes on. SQLite
// undoes a failed statement by itself.
Status write_row(Connection& connection, const Object& object,
                 const std::function<Status()>& write) {
  const bool may_be_refused = std::any_of(object.fields.begin(), object.fields.end(),
                                          [](const Field& field) { return field.unique; });
  const bool guarded = may_be_refused && connection.dialect() == storage::Dialect::postgres;
  Status done = guarded ? connection.attempt(write) : write();
  if (!done) return duplicate_field(object, std::move(done).error());
  return {};
}

Status write_row(Connection& connection, const Object& object, const Sql& sql) {
  return write_row(connection, object, [&]() -> Status {
    LP_CHECK(connection.execute(sql));
    return {};
  });
}

}  // namespace

Status RowInserter::insert(const RowValues& row) {
  statement_->reset();
  int index = 0;
  for (const Field& field : object_->fields) {
    if (!field.stored) continue;
    bind_value(*statement_, index++, row[field.index]);
    if (field.has_key_column()) bind_key(*statement_, index++, field, row[field.index]);
  }
  return write_row(*connection_, *object_, [this]() -> Status {
    LP_CHECK(statement_->step());
    return {};
  });
}

Status update_row(Connection& connection, const Object& object, const RowValues& before,
                  const RowValues& after) {
  Sql sql("UPDATE ");
  sql.name(object.table).add(" SET version = ").value(after[1]);
  for (const Field& field : object.fields) {
    if (field.index <= 1 || before[field.index] == after[field.index]) continue;
    const Value& value = after[field.index];
    sql.add(", ").name(field.column).add(" = ").value(value);
    if (!field.has_key_column()) continue;
    sql.add(", ").name(field.key_column).add(" = ");
    sql.value(is_empty(value) ? Value() : Value(key_form(field, text_of(value))));
  }
  sql.add(" WHERE id = ").value(after[0]);
  return write_row(connection, object, sql);
}

Status set_deleted(Connection& connection, const Object& object, RecordId id,
                   std::optional<Instant> at, RecordId by, std::int64_t version) {
  Sql sql("UPDATE ");
  sql.name(object.table).add(" SET deleted_at = ");
  if (at) {
    sql.value(*at).add(", deleted_by = ").value(by);
  } else {
    sql.null().add(", deleted_by = ").null();
  }
  sql.add(", version = ").value(version).add(" WHERE id = ").value(id);
  return write_row(connection, object, sql);
}

Error duplicate_field(const Object& object, Error error) {
  if (error.code != ErrorCode::duplicate) return error;
  for (const auto& [key, value] : error.params) {
    if (key != "index") continue;
    // "table.column" of the unique index.
    const auto dot = value.rfind('.');
    const std::string_view column = std::string_view(value).substr(dot == value.npos ? 0 : dot + 1);
    for (const Field& field : object.fields) {
      if (field.column.text() != column) continue;
      error.problems.push_back(
          {"/fields/" + field.api_name, field.api_name, "duplicate_value", {}});
    }
  }
  error.detail = "duplicate_value";
  return error;
}

}  // namespace linchpin::records
