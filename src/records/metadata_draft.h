#pragma once

// One change of metadata while it is being planned; used by metadata*.cpp only.

#include <optional>

#include "records/definitions.h"
#include "records/field_usage.h"
#include "records/metadata.h"

namespace linchpin::records {

struct MetadataDraft {
  const Schema& current;
  const Customization before;
  Customization after;
  IdGenerator& ids;
  const Instant now;
  const StandardObjects& standard;

  // What the plan says:
  std::string object = {};  // whose table is made fit, and what is answered; empty after a removal
  std::string field = {};
  stream::Operation operation = stream::Operation::update;
  RecordId definition = {};       // the row that changed
  bool indexes = false;           // some may be missing
  bool removes = false;           // with users it is refused
  const Object* asked = nullptr;  // what the impact is about, in `current`
  const Field* asked_field = nullptr;
  // A column of the table of `object` that a job fills.
  std::optional<Field> pending = {};
  // An index that must go: of this field of `current`.
  const Field* not_unique = nullptr;
  // What the job has to do; it is started when there are members.
  json::object job = {};

  // Built by the plan where it had to look; otherwise after it.
  std::shared_ptr<const Schema> made = {};
};

// The object and the field as the caller knows them. Errors: not_found, as for a system field.
Result<const Object*> known_object(const MetadataDraft& draft, std::string_view object);
Result<const Field*> known_field(const MetadataDraft& draft, const Object& object,
                                 std::string_view field);

// The live row of an object or a field; made for a standard one that had none.
ObjectDefinition& object_row(MetadataDraft& draft, const Object& object);
FieldDefinition& field_row(MetadataDraft& draft, const Object& object, const Field& field);

// The default must be a value that the field takes.
Status check_default(const Field& field, const std::string& pointer);

Error name_taken(const std::string& name);

// Adds a checked field to an object; its place in the customization. Errors: validation_failed.
Status add_field(MetadataDraft& draft, DefinitionProblems& problems, const std::string& pointer,
                 RecordId owner, const std::string& object, json::object definition);

// A column that the table has never had.
std::string free_column(const Customization& customization, RecordId object,
                        std::string_view object_name, std::string_view field);

// The schema as it is planned. Errors: validation_failed / `wrong_definition` {place}.
Result<std::shared_ptr<const Schema>> planned_schema(const MetadataDraft& draft);

}  // namespace linchpin::records
