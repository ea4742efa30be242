#include "records/audit_notes.h"

#include <algorithm>
#include <array>

#include "records/change_text.h"
#include "records/organisation.h"
#include "stream/audit_log.h"

namespace linchpin::records {

namespace {

// Of a person, what rights follow from; the rest of him is nobody's rights.
constexpr std::array<std::string_view, 6> fields_of_rights{"login",      "roles",   "own_roles",
                                                           "department", "manager", "active"};

bool tells_rights(const Object& object, const Field& field) {
  if (object.api_name != "user") return true;
  return std::find(fields_of_rights.begin(), fields_of_rights.end(), field.api_name) !=
         fields_of_rights.end();
}

}  // namespace

Status note_rights(const WriteFrame& frame, const Object& object, stream::Operation operation,
                   const RowValues* before, const RowValues* after, std::string_view reason) {
  if (std::find(rights_objects.begin(), rights_objects.end(), object.api_name) ==
      rights_objects.end()) {
    return {};
  }
  const RowValues nothing(object.fields.size());
  std::string changes;
  if (after) {
    changes = changes_text(object, before ? *before : nothing, *after,
                           [&](const Field& field) { return tells_rights(object, field); });
  }
  if (operation == stream::Operation::update && changes.empty()) return {};
  JsonWriter details;
  details.begin_object().key("op").string(stream::operation_name(operation));
  if (!changes.empty()) details.key("changes").raw(changes);
  if (!reason.empty()) details.key("reason").string(reason);
  details.end_object();
  stream::AuditNote note;
  note.kind = stream::AuditKind::rights_changed;
  note.origin = frame.origin;
  note.at = frame.now;
  note.object = object.api_name;
  note.record = RecordId{integer_of((after ? *after : *before)[0])};
  note.details = details.take();
  return stream::append_audit(frame.connection, frame.parts.workspace_key, note);
}

void PersonalReading::add(RecordId record, const std::string& field) {
  // The values of a record come one after the other.
  if (records.empty() || records.back() != record) records.push_back(record);
  fields.insert(field);
}

Status note_reading(const Records::Parts& parts, const access::AccessScope& scope,
                    std::string_view object, const PersonalReading& reading) {
  if (reading.fields.empty()) return {};
  JsonWriter details;
  details.begin_object().key("fields").begin_array();
  for (const std::string& field : reading.fields) details.string(field);
  details.end_array().key("records").begin_array();
  for (const RecordId record : reading.records) details.id(record);
  details.end_array();
  if (!reading.purpose.empty()) details.key("purpose").string(reading.purpose);
  details.end_object();
  stream::AuditNote note;
  note.kind = stream::AuditKind::personal_read;
  note.origin.actor = scope.actor();
  note.at = parts.clock.now();
  note.object = object;
  if (reading.records.size() == 1) note.record = reading.records.front();
  note.details = details.take();
  return parts.database.write([&](storage::Connection& connection) {
    return stream::append_audit(connection, parts.workspace_key, note);
  });
}

void add_conflicts(const Object& object, RecordId record, const Error& error,
                   PersonalReading& reading) {
  for (const FieldConflict& conflict : error.conflicts) {
    const Field* field = object.field(conflict.field);
    if (field && field->sensitivity == Sensitivity::personal) reading.add(record, conflict.field);
  }
}

Error note_conflicts(const Records::Parts& parts, const access::AccessScope& scope,
                     const Object& object, RecordId record, Error error) {
  PersonalReading reading;
  add_conflicts(object, record, error, reading);
  const Status noted = note_reading(parts, scope, object.api_name, reading);
  return noted ? std::move(error) : noted.error();
}

}  // namespace linchpin::records
