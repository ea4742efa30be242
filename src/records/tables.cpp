#include "records/tables.h"

#include <algorithm>

#include "base/crypto.h"
#include "records/personal.h"
#include "records/reach_parts.h"
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

struct Column {
  Name name;
  Literal type;
};

// An average is kept as a sum and a count.
Result<std::vector<Column>> columns_of(const Field& field, Dialect dialect) {
  std::vector<Column> columns;
  if (field.system || !field.stored) return columns;
  columns.push_back({field.column, column_type(field, dialect)});
  if (field.has_key_column()) {
    columns.push_back({field.key_column, storage::text_column(dialect)});
  }
  const bool average = field.compute && field.compute->kind == Compute::Kind::rollup &&
                       field.compute->function == "avg";
  if (!average) return columns;
  for (const char* suffix : {"__sum", "__count"}) {
    LP_TRY(const Name name, Name::checked(std::string(field.column.text()) + suffix));
    columns.push_back({name, Literal(" BIGINT")});
  }
  return columns;
}

// With all its columns at once: SQLite reads the whole schema again for each one that is added.
Status create_table(Connection& connection, const Object& object) {
  Sql sql("CREATE TABLE ");
  sql.name(object.table).add(" (id").add(storage::key_column(connection.dialect()));
  sql.add(
      ", version BIGINT NOT NULL, created_at BIGINT NOT NULL, created_by BIGINT, "
      "updated_at BIGINT NOT NULL, updated_by BIGINT, deleted_at BIGINT, deleted_by BIGINT");
  for (const Field& field : object.fields) {
    LP_TRY(const std::vector<Column> columns, columns_of(field, connection.dialect()));
    for (const Column& column : columns) sql.add(", ").name(column.name).add(column.type);
  }
  LP_CHECK(connection.execute(sql.add(")")));
  return {};
}

Status add_column(Connection& connection, const Name& table, const Column& column) {
  Sql sql("ALTER TABLE ");
  sql.name(table).add(" ADD COLUMN ").name(column.name).add(column.type);
  LP_CHECK(connection.execute(sql));
  return {};
}

Status add_missing_columns(Connection& connection, const Name& table, const Field& field,
                           const std::vector<std::string>& present) {
  LP_TRY(const std::vector<Column> columns, columns_of(field, connection.dialect()));
  for (const Column& column : columns) {
    if (std::find(present.begin(), present.end(), column.name.text()) != present.end()) continue;
    LP_CHECK(add_column(connection, table, column));
  }
  return {};
}

Status add_table_and_columns(Connection& connection, const Object& object) {
  LP_TRY(const std::vector<std::string> present, table_columns(connection, object.table));
  if (present.empty()) return create_table(connection, object);
  for (const Field& field : object.fields) {
    LP_CHECK(add_missing_columns(connection, object.table, field, present));
  }
  return {};
}

// Names of one table must differ, and are cut where they are too long.
Result<Name> index_name(const Object& object, const Name& column, std::string_view purpose) {
  constexpr std::size_t max_length = 50;
  constexpr std::size_t digest_length = 8;
  std::string text = std::string(object.table.text()) + "__" + std::string(column.text());
  if (text.size() > max_length) {
    const std::string digest = to_hex(sha256(text)).substr(0, digest_length);
    text = text.substr(0, max_length - digest_length - 1) + "_" + digest;
  }
  return Name::checked(text + "__" + std::string(purpose));
}

// Lists are sorted by a column and then the id. SQLite ends every index with it; without it
// PostgreSQL would sort all records of one value for each page.
Literal end_of_index(Dialect dialect) {
  return dialect == Dialect::sqlite ? Literal(")") : Literal(", id)");
}

Status create_index(Connection& connection, const Object& object, const Name& column,
                    std::string_view purpose, const Sql& condition) {
  LP_TRY(const Name index, index_name(object, column, purpose));
  Sql sql("CREATE INDEX IF NOT EXISTS ");
  sql.name(index).add(" ON ").name(object.table).add(" (").name(column);
  LP_CHECK(connection.execute(sql.add(end_of_index(connection.dialect())).append(condition)));
  return {};
}

Status create_unique_index(Connection& connection, const Object& object, const Field& field) {
  LP_TRY(const Name index, index_name(object, field.column, "unique"));
  Sql sql("CREATE UNIQUE INDEX IF NOT EXISTS ");
  sql.name(index).add(" ON ").name(object.table).add(" (").name(field.column);
  LP_CHECK(connection.execute(sql.add(") WHERE deleted_at IS NULL")));
  return {};
}

// Equal personal values are found by their hash.
Status create_hash_index(Connection& connection, const Object& object, const Field& field) {
  LP_TRY(const Name index, index_name(object, field.column, "hash"));
  Sql column;
  column.name(field.column);
  Sql sql("CREATE INDEX IF NOT EXISTS ");
  sql.name(index).add(" ON ").name(object.table).add(" (").append(personal_hash_sql(column));
  sql.add(end_of_index(connection.dialect())).add(" WHERE deleted_at IS NULL");
  LP_CHECK(connection.execute(sql));
  return {};
}

Sql present_only(const Name& column) {
  Sql sql(" WHERE ");
  return sql.name(column).add(" IS NOT NULL");
}

// Most links of most records are empty; leaving them out keeps bulk loading quick.
Status create_link_index(Connection& connection, const Object& object, const Field& field) {
  return create_index(connection, object, field.column, "link", present_only(field.column));
}

// Who made a record matters where it belongs to nobody.
Status create_maker_index(Connection& connection, const Object& object) {
  if (object.ownership.kind == Ownership::Kind::none) return {};
  const Field* above = reach::link_above(object);
  const Field* belongs_by = above ? above : reach::owner_of(object);
  Sql condition = present_only("created_by");
  if (belongs_by) condition.add(" AND ").name(belongs_by->column).add(" IS NULL");
  return create_index(connection, object, "created_by", "maker", condition);
}

// The indexes of records that lists are sorted by, of this schema of PostgreSQL, as made by
// versions that did not end them with the id. Other schemas may be changing meanwhile, so nothing
// is asked of their indexes.
constexpr Literal indexes_without_id =
    " FROM pg_class i JOIN pg_index x ON x.indexrelid = i.oid WHERE i.relnamespace = "
    "to_regnamespace(current_schema()::text) AND x.indnatts = 1 AND i.relname ~ "
    "'__(link|sort|trash|maker)$'";

}  // namespace

bool is_indexed(const Field& field) {
  if (field.sensitivity == Sensitivity::personal) return field.indexed;
  return !field.many && (field.unique || field.indexed || field.name || field.is_link());
}

Status create_indexes(Connection& connection, const Object& object) {
  const Sql live_only(" WHERE deleted_at IS NULL");
  LP_CHECK(create_index(connection, object, "deleted_at", "trash", present_only("deleted_at")));
  LP_CHECK(create_maker_index(connection, object));
  for (const Field& field : object.fields) {
    if (field.system || !field.stored || field.many) continue;
    if (field.sensitivity == Sensitivity::personal) {
      if (field.indexed) LP_CHECK(create_hash_index(connection, object, field));
      continue;
    }
    if (field.unique) {
      LP_CHECK(create_unique_index(connection, object, field));
    }
    if (field.is_link()) {
      LP_CHECK(create_link_index(connection, object, field));
    } else if (field.has_key_column()) {
      LP_CHECK(create_index(connection, object, field.key_column, "sort", live_only));
    } else if (field.indexed && !field.unique) {
      LP_CHECK(create_index(connection, object, field.column, "sort", live_only));
    }
  }
  return {};
}

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

Status drop_unique_index(Connection& connection, const Object& object, const Field& field) {
  LP_TRY(const Name index, index_name(object, field.column, "unique"));
  Sql sql("DROP INDEX IF EXISTS ");
  LP_CHECK(connection.execute(sql.name(index)));
  return {};
}

Result<bool> indexes_end_with_id(Connection& connection) {
  if (connection.dialect() == Dialect::sqlite) return true;
  Sql sql("SELECT count(*)");
  LP_TRY(const std::int64_t without, query_integer(connection, sql.add(indexes_without_id), 0));
  return without == 0;
}

Status drop_indexes_without_id(Connection& connection) {
  if (connection.dialect() == Dialect::sqlite) return {};
  std::vector<Name> indexes;
  {
    Sql sql("SELECT i.relname");
    LP_TRY(const auto rows, connection.prepare(sql.add(indexes_without_id)));
    while (true) {
      LP_TRY(const bool found, rows->step());
      if (!found) break;
      LP_TRY(const Name index, Name::checked(std::string(rows->text(0))));
      indexes.push_back(index);
    }
  }
  for (const Name& index : indexes) {
    Sql sql("DROP INDEX ");
    LP_CHECK(connection.execute(sql.name(index)));
  }
  return {};
}

Status ensure_columns(Connection& connection, const Name& table, const Field& field) {
  LP_TRY(const std::vector<std::string> present, table_columns(connection, table));
  return add_missing_columns(connection, table, field, present);
}

Result<bool> is_quickly_indexed(Connection& connection, const Name& table) {
  Sql sql("SELECT count(*) FROM (SELECT 1 FROM ");
  sql.name(table).add(" LIMIT ").value(max_quickly_indexed + 1).add(") AS first_rows");
  LP_TRY(const std::int64_t rows, query_integer(connection, sql, 0));
  return rows <= max_quickly_indexed;
}

Status ensure_object_table(Connection& connection, const Object& object) {
  return add_table_and_columns(connection, object);
}

Status ensure_object_tables(Connection& connection, const Schema& schema) {
  for (const auto& object : schema.objects()) {
    LP_CHECK(add_table_and_columns(connection, *object));
    LP_CHECK(create_indexes(connection, *object));
  }
  return {};
}

}  // namespace linchpin::records
