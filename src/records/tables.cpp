#include "records/tables.h"

#include <algorithm>

#include "storage/ddl.h"

namespace linchpin::records {

using storage::Connection;
using storage::Dialect;
using storage::Literal;
using storage::Name;
using storage::Sql;

namespace {

Literal column_type(const Field& field, Dialect dialect) {
  if (field.sensitivity == Sensitivity::personal) return storage::bytes_column(dialect);
  const bool text = field.is_text() || field.many || field.type == FieldType::select ||
                    field.type == FieldType::multi_select || field.type == FieldType::json;
  return text ? storage::text_column(dialect) : Literal(" BIGINT");
}

Status create_table(Connection& connection, const Object& object) {
  Sql sql("CREATE TABLE ");
  sql.name(object.table).add(" (id").add(storage::key_column(connection.dialect()));
  sql.add(
      ", version BIGINT NOT NULL, created_at BIGINT NOT NULL, created_by BIGINT, "
      "updated_at BIGINT NOT NULL, updated_by BIGINT, deleted_at BIGINT, deleted_by BIGINT)");
  LP_CHECK(connection.execute(sql));
  return {};
}

Status add_column(Connection& connection, const Object& object, const Name& column, Literal type) {
  Sql sql("ALTER TABLE ");
  sql.name(object.table).add(" ADD COLUMN ").name(column).add(type);
  LP_CHECK(connection.execute(sql));
  return {};
}

Status add_missing_columns(Connection& connection, const Object& object,
                           const std::vector<std::string>& present) {
  const auto missing = [&](const Name& column) {
    return std::find(present.begin(), present.end(), column.text()) == present.end();
  };
  const Dialect dialect = connection.dialect();
  for (const Field& field : object.fields) {
    if (field.system) continue;
    if (missing(field.column)) {
      LP_CHECK(add_column(connection, object, field.column, column_type(field, dialect)));
    }
    if (field.has_key_column() && missing(field.key_column)) {
      LP_CHECK(add_column(connection, object, field.key_column, storage::text_column(dialect)));
    }
  }
  return {};
}

Status create_index(Connection& connection, const Object& object, const Name& column,
                    std::string_view purpose, Literal kind, Literal condition) {
  const std::string text = object.api_name + "__" + std::string(column.text());
  LP_TRY(const Name index, Name::checked(text.substr(0, 50) + "__" + std::string(purpose)));
  Sql sql("CREATE ");
  sql.add(kind).add("INDEX IF NOT EXISTS ").name(index).add(" ON ").name(object.table);
  sql.add(" (").name(column).add(")").add(condition);
  LP_CHECK(connection.execute(sql));
  return {};
}

Sql present_only(const Name& column) {
  Sql sql(" WHERE ");
  return sql.name(column).add(" IS NOT NULL");
}

Status create_link_index(Connection& connection, const Object& object, const Field& field) {
  const std::string text = object.api_name + "__" + field.api_name;
  LP_TRY(const Name index, Name::checked(text.substr(0, 50) + "__link"));
  Sql sql("CREATE INDEX IF NOT EXISTS ");
  sql.name(index).add(" ON ").name(object.table).add(" (").name(field.column).add(")");
  // Most links of most records are empty; leaving them out keeps bulk loading quick.
  sql.append(present_only(field.column));
  LP_CHECK(connection.execute(sql));
  return {};
}

constexpr Literal live_only = " WHERE deleted_at IS NULL";

Status create_indexes(Connection& connection, const Object& object) {
  for (const Field& field : object.fields) {
    if (field.system || field.many || field.sensitivity == Sensitivity::personal) continue;
    if (field.unique) {
      LP_CHECK(create_index(connection, object, field.column, "unique", "UNIQUE ", live_only));
    }
    if (field.is_link()) {
      LP_CHECK(create_link_index(connection, object, field));
    } else if (field.has_key_column() && !field.unique) {
      LP_CHECK(create_index(connection, object, field.key_column, "sort", "", live_only));
    } else if (field.indexed && !field.unique) {
      LP_CHECK(create_index(connection, object, field.column, "sort", "", live_only));
    }
  }
  return {};
}

}  // namespace

Result<std::vector<std::string>> table_columns(Connection& connection, const Name& table) {
  Sql sql;
  if (connection.dialect() == Dialect::sqlite) {
    sql.add("SELECT name FROM pragma_table_info(").value(table.text()).add(")");
  } else {
    sql.add(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = "
        "current_schema() AND table_name = ");
    sql.value(table.text());
  }
  std::vector<std::string> columns;
  LP_TRY(const auto rows, connection.prepare(sql));
  while (true) {
    LP_TRY(const bool found, rows->step());
    if (!found) return columns;
    columns.emplace_back(rows->text(0));
  }
}

Status ensure_object_tables(Connection& connection, const Schema& schema) {
  for (const auto& object : schema.objects()) {
    LP_TRY(std::vector<std::string> present, table_columns(connection, object->table));
    if (present.empty()) LP_CHECK(create_table(connection, *object));
    LP_CHECK(add_missing_columns(connection, *object, present));
    LP_CHECK(create_indexes(connection, *object));
  }
  return {};
}

}  // namespace linchpin::records
