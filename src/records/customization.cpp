#include "records/customization.h"

#include "storage/ddl.h"

namespace linchpin::records {

using storage::Connection;
using storage::Literal;
using storage::Sql;

namespace {

constexpr std::int64_t only_row = 1;

Result<json::object> read_definition(std::string_view text) {
  auto object = parse_json_object(text);
  if (!object) return Error::internal("a stored definition is not a JSON object");
  return std::move(*object);
}

Status read_objects(Connection& connection, std::vector<ObjectDefinition>& objects) {
  LP_TRY(const auto rows,
         connection.prepare(Sql("SELECT id, api_name, table_name, definition, state, deleted_at "
                                "FROM lp_object_definition ORDER BY id")));
  while (true) {
    LP_TRY(const bool found, rows->step());
    if (!found) return {};
    ObjectDefinition object;
    object.id = RecordId{rows->integer(0)};
    object.api_name = rows->text(1);
    object.table = rows->text(2);
    LP_TRY(object.definition, read_definition(rows->text(3)));
    object.state = static_cast<DefinitionState>(rows->integer(4));
    object.deleted_at = rows->integer(5);
    objects.push_back(std::move(object));
  }
}

Status read_fields(Connection& connection, std::vector<FieldDefinition>& fields) {
  LP_TRY(const auto rows,
         connection.prepare(Sql("SELECT id, object, object_name, api_name, column_name, "
                                "custom, definition, state, deleted_at FROM lp_field_definition "
                                "ORDER BY position, id")));
  while (true) {
    LP_TRY(const bool found, rows->step());
    if (!found) return {};
    FieldDefinition field;
    field.id = RecordId{rows->integer(0)};
    field.object = RecordId{rows->integer(1)};
    field.object_name = rows->text(2);
    field.api_name = rows->text(3);
    field.column = rows->text(4);
    field.custom = rows->integer(5) != 0;
    LP_TRY(field.definition, read_definition(rows->text(6)));
    field.state = static_cast<DefinitionState>(rows->integer(7));
    field.deleted_at = rows->integer(8);
    fields.push_back(std::move(field));
  }
}

Status store_object(Connection& connection, const ObjectDefinition& object) {
  Sql sql(
      "INSERT INTO lp_object_definition(id, api_name, table_name, definition, state, "
      "deleted_at) VALUES (");
  sql.value(object.id).add(", ").value(object.api_name).add(", ").value(object.table);
  sql.add(", ").value(json::serialize(object.definition)).add(", ");
  sql.value(static_cast<std::int64_t>(object.state)).add(", ").value(object.deleted_at);
  sql.add(
      ") ON CONFLICT (id) DO UPDATE SET definition = excluded.definition, "
      "state = excluded.state, deleted_at = excluded.deleted_at");
  LP_CHECK(connection.execute(sql));
  return {};
}

Status store_field(Connection& connection, const FieldDefinition& field, std::size_t position) {
  Sql sql(
      "INSERT INTO lp_field_definition(id, object, object_name, api_name, column_name, "
      "custom, definition, state, deleted_at, position) VALUES (");
  sql.value(field.id).add(", ").value(field.object).add(", ").value(field.object_name);
  sql.add(", ").value(field.api_name).add(", ").value(field.column).add(", ");
  sql.value(std::int64_t{field.custom})
      .add(", ")
      .value(json::serialize(field.definition))
      .add(", ");
  sql.value(static_cast<std::int64_t>(field.state)).add(", ").value(field.deleted_at);
  sql.add(", ").value(static_cast<std::int64_t>(position));
  sql.add(
      ") ON CONFLICT (id) DO UPDATE SET definition = excluded.definition, "
      "state = excluded.state, deleted_at = excluded.deleted_at, "
      "column_name = excluded.column_name");
  LP_CHECK(connection.execute(sql));
  return {};
}

// The last one of that name and state: earlier ones have been deleted before it.
template <class Definitions, class Fits>
auto* newest(Definitions& definitions, const Fits& fits) {
  const auto found = std::find_if(definitions.rbegin(), definitions.rend(), fits);
  return found == definitions.rend() ? nullptr : &*found;
}

}  // namespace

ObjectDefinition* Customization::object(std::string_view api_name, DefinitionState state) {
  return newest(objects, [&](const ObjectDefinition& one) {
    return one.api_name == api_name && one.state == state;
  });
}

FieldDefinition* Customization::field(std::string_view object, std::string_view api_name,
                                      DefinitionState state) {
  const RecordId of = owner(object);
  return newest(fields, [&](const FieldDefinition& one) {
    return one.object == of && one.object_name == object && one.api_name == api_name &&
           one.state == state;
  });
}

RecordId Customization::owner(std::string_view object) const {
  for (const ObjectDefinition& one : objects) {
    const bool live = one.custom() && one.state == DefinitionState::live;
    if (live && one.api_name == object) return one.id;
  }
  return {};
}

Status ensure_definition_tables(Connection& connection) {
  const Literal key = storage::key_column(connection.dialect());
  const Literal text = storage::text_column(connection.dialect());
  Sql schema("CREATE TABLE IF NOT EXISTS lp_schema (id");
  LP_CHECK(connection.execute(schema.add(key).add(", generation BIGINT NOT NULL)")));
  Sql first("INSERT INTO lp_schema(id, generation) VALUES (");
  first.value(only_row).add(", 0) ON CONFLICT (id) DO NOTHING");
  LP_CHECK(connection.execute(first));
  Sql objects("CREATE TABLE IF NOT EXISTS lp_object_definition (id");
  objects.add(key).add(", api_name").add(text).add(" NOT NULL, table_name").add(text);
  objects.add(" NOT NULL, definition").add(text);
  objects.add(" NOT NULL, state BIGINT NOT NULL, deleted_at BIGINT NOT NULL)");
  LP_CHECK(connection.execute(objects));
  Sql fields("CREATE TABLE IF NOT EXISTS lp_field_definition (id");
  fields.add(key).add(", object BIGINT NOT NULL, object_name").add(text);
  fields.add(" NOT NULL, api_name").add(text).add(" NOT NULL, column_name").add(text);
  fields.add(" NOT NULL, custom BIGINT NOT NULL, definition").add(text);
  fields.add(
      " NOT NULL, state BIGINT NOT NULL, deleted_at BIGINT NOT NULL, "
      "position BIGINT NOT NULL)");
  LP_CHECK(connection.execute(fields));
  return {};
}

Result<std::int64_t> read_generation(Connection& connection) {
  Sql sql("SELECT generation FROM lp_schema WHERE id = ");
  return query_integer(connection, sql.value(only_row), 0);
}

Result<Customization> read_customization(Connection& connection) {
  Customization customization;
  Sql sql("SELECT generation FROM lp_schema WHERE id = ");
  LP_TRY(customization.generation, query_integer(connection, sql.value(only_row), 0));
  LP_CHECK(read_objects(connection, customization.objects));
  LP_CHECK(read_fields(connection, customization.fields));
  return customization;
}

Status store_customization(Connection& connection, const Customization& before,
                           Customization& after) {
  for (std::size_t i = 0; i < after.objects.size(); ++i) {
    if (i < before.objects.size() && before.objects[i] == after.objects[i]) continue;
    LP_CHECK(store_object(connection, after.objects[i]));
  }
  for (std::size_t i = 0; i < after.fields.size(); ++i) {
    if (i < before.fields.size() && before.fields[i] == after.fields[i]) continue;
    LP_CHECK(store_field(connection, after.fields[i], i));
  }
  after.generation = before.generation + 1;
  Sql sql("UPDATE lp_schema SET generation = ");
  sql.value(after.generation).add(" WHERE id = ").value(only_row);
  sql.add(" AND generation = ").value(before.generation);
  LP_TRY(const std::int64_t counted, connection.execute(sql));
  if (counted != 1) return Error::internal("the generation of the schema was counted twice");
  return {};
}

}  // namespace linchpin::records
