// The hashes of all personal values that a workspace holds, made anew.

#include <set>

#include "records/customization.h"
#include "records/personal.h"

namespace linchpin::records {

using storage::Connection;
using storage::Name;
using storage::Sql;

namespace {

constexpr std::int64_t hashed_at_once = 1'000;

struct PersonalColumn {
  std::string object;
  Name table;
  Field field;
};

// As much of a definition as its values are opened and compared with.
Result<std::optional<PersonalColumn>> column_of(const Schema& schema, const Customization& all,
                                                const FieldDefinition& definition) {
  const bool gone = definition.state == DefinitionState::purged ||
                    definition.state == DefinitionState::abandoned;
  const bool personal = member_text(definition.definition, "sensitivity") == "personal";
  if (gone || !personal || definition.column.empty()) return std::optional<PersonalColumn>();
  PersonalColumn column{definition.object_name, "id", {}};
  std::string table = definition.object_name;
  for (const ObjectDefinition& object : all.objects) {
    if (object.id == definition.object) table = object.table;
  }
  LP_TRY(column.table, Name::checked(table));
  const Object* object = schema.object(definition.object_name);
  const Field* live = object ? object->field(definition.api_name) : nullptr;
  if (live) column.field.type = live->type;
  const auto type = type_named(member_text(definition.definition, "type"));
  column.field.type = type.value_or(column.field.type);
  column.field.api_name = definition.api_name;
  LP_TRY(column.field.column, Name::checked(definition.column));
  return std::optional(std::move(column));
}

// Those in use, and those of fields that rest or are on their way.
Result<std::vector<PersonalColumn>> personal_columns(Connection& connection, const Schema& schema) {
  std::vector<PersonalColumn> columns;
  std::set<std::pair<std::string, std::string>> known;
  const auto add = [&](PersonalColumn column) {
    const bool is_new =
        known.emplace(column.table.text(), std::string(column.field.column.text())).second;
    if (is_new) columns.push_back(std::move(column));
  };
  for (const auto& object : schema.objects()) {
    for (const Field& field : object->fields) {
      const bool personal = field.sensitivity == Sensitivity::personal && field.stored;
      if (personal) add({object->api_name, object->table, field});
    }
  }
  LP_TRY(const Customization all, read_customization(connection));
  for (const FieldDefinition& definition : all.fields) {
    LP_TRY(auto column, column_of(schema, all, definition));
    if (column) add(std::move(*column));
  }
  return columns;
}

struct StoredValue {
  RecordId record;
  std::string bytes;
};

Result<std::vector<StoredValue>> values_after(Connection& connection, const PersonalColumn& from,
                                              RecordId last) {
  Sql sql("SELECT id, ");
  sql.name(from.field.column).add(" FROM ").name(from.table).add(" WHERE id > ").value(last);
  sql.add(" AND ").name(from.field.column).add(" IS NOT NULL ORDER BY id LIMIT ");
  LP_TRY(const auto rows, connection.prepare(sql.value(hashed_at_once)));
  std::vector<StoredValue> values;
  while (true) {
    LP_TRY(const bool found, rows->step());
    if (!found) return values;
    values.push_back({RecordId{rows->integer(0)}, std::string(rows->blob(1))});
  }
}

}  // namespace

Status PersonalKeys::hash_anew(Connection& connection, const Schema& schema, const Key& hash_key,
                               Stored stored) const {
  LP_TRY(const std::vector<PersonalColumn> columns, personal_columns(connection, schema));
  for (const PersonalColumn& column : columns) {
    RecordId last;
    for (bool more = true; more;) {
      LP_TRY(const std::vector<StoredValue> values, values_after(connection, column, last));
      for (const StoredValue& value : values) {
        last = value.record;
        const std::string sealed(stored == Stored::hashed ? sealed_part(value.bytes) : value.bytes);
        LP_TRY(const auto key, data_key(connection, value.record, false));
        const std::string plain = open_value(key, column.field, value.record, sealed);
        storage::Blob whole = personal_hash(hash_key, column.object, column.field, plain);
        whole.bytes += sealed;
        Sql sql("UPDATE ");
        sql.name(column.table).add(" SET ").name(column.field.column).add(" = ");
        sql.value(Value(std::move(whole))).add(" WHERE id = ").value(value.record);
        LP_CHECK(connection.execute(sql));
      }
      more = static_cast<std::int64_t>(values.size()) == hashed_at_once;
    }
  }
  return {};
}

}  // namespace linchpin::records
