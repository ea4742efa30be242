#pragma once

// What a workspace has made of the standard objects: objects and fields of its own, and changes to
// the standard ones, stored in the form of schema.json in the tables lp_object_definition and
// lp_field_definition. Every change counts the generation in lp_schema, in its own transaction, so
// that whoever writes can tell whether the schema it holds is still in force.

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/json.h"
#include "base/result.h"
#include "storage/storage.h"

namespace linchpin::records {

// The member's text; empty where it is absent or something else.
inline std::string member_text(const json::object& definition, std::string_view name) {
  const json::value* value = definition.if_contains(name);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

enum class DefinitionState {
  live,
  deleted,    // rests, and can be restored
  pending,    // of a field: a job fills its column and puts it in the place of the live one
  abandoned,  // of a field: a pending one that came to nothing; its column is to be emptied
  purged,     // its data are gone; the row keeps the table or column name from being used again
};

// Of a custom object everything but its fields; of a standard one the members that differ.
struct ObjectDefinition {
  RecordId id;
  std::string api_name;
  std::string table;  // of a custom object; empty for a standard one
  json::object definition;
  DefinitionState state = DefinitionState::live;
  Instant deleted_at = 0;

  bool custom() const { return !table.empty(); }
  bool operator==(const ObjectDefinition&) const = default;
};

// The same of a field. A standard field that is `deleted` is retired: nobody sees it any more, but
// the rules of the product still work with it.
struct FieldDefinition {
  RecordId id;
  RecordId object;  // ObjectDefinition::id of a custom object; 0 for a standard one
  std::string object_name;
  std::string api_name;
  bool custom = false;
  std::string column;  // empty: as a standard field is declared
  json::object definition;
  DefinitionState state = DefinitionState::live;
  Instant deleted_at = 0;

  bool operator==(const FieldDefinition&) const = default;
};

struct Customization {
  std::int64_t generation = 0;
  std::vector<ObjectDefinition> objects;  // in the order in which they were made
  std::vector<FieldDefinition> fields;

  // The live or, with `state`, the newest definition of that name; null when there is none.
  ObjectDefinition* object(std::string_view api_name,
                           DefinitionState state = DefinitionState::live);
  // `object`: the live one of that name.
  FieldDefinition* field(std::string_view object, std::string_view api_name,
                         DefinitionState state = DefinitionState::live);
  // FieldDefinition::object of the fields of a live object.
  RecordId owner(std::string_view object) const;
};

Status ensure_definition_tables(storage::Connection& connection);
Result<std::int64_t> read_generation(storage::Connection& connection);
Result<Customization> read_customization(storage::Connection& connection);

// Writes the rows in which the two differ and the next generation. Within a write.
Status store_customization(storage::Connection& connection, const Customization& before,
                           Customization& after);

}  // namespace linchpin::records
