// Erasing personal data when somebody asks for it: the values go, and the key that opens what the
// history still holds of them.

#include "records/audit_notes.h"
#include "records/personal.h"
#include "records/row_store.h"
#include "records/write_steps.h"
#include "stream/audit_log.h"

namespace linchpin::records {

using storage::Connection;

namespace {

constexpr int max_counted_entries = 10'000;

struct Erased {
  std::vector<std::string> fields;  // that held a value
  std::int64_t entries = 0;         // of the history, that held one; counted so far
};

Result<std::int64_t> sealed_entries(Connection& connection, const Object& object, RecordId id) {
  std::int64_t count = 0;
  LP_CHECK(stream::read_history(connection, object.api_name, id, 0, max_counted_entries,
                                [&](const stream::Entry& entry) -> Status {
                                  const bool held =
                                      entry.changes_json.find(R"({"sealed":)") != std::string::npos;
                                  if (held) ++count;
                                  return {};
                                }));
  return count;
}

Status empty_fields(const WriteFrame& frame, const Object& object, const RowValues& stored,
                    RowValues& row, std::string_view reason, Erased& erased) {
  for (const Field& field : object.fields) {
    if (field.sensitivity != Sensitivity::personal || is_empty(row[field.index])) continue;
    row[field.index] = {};
    erased.fields.push_back(field.api_name);
  }
  if (erased.fields.empty()) return {};
  row[1] = integer_of(stored[1]) + 1;
  row[4] = frame.now;
  row[5] = frame.scope.user().value;
  return replace_record(frame, object, stored, row, reason);
}

Status note_erasure(const WriteFrame& frame, const Object& object, RecordId id,
                    const Erased& erased, std::string_view reason) {
  JsonWriter details;
  details.begin_object().key("fields").begin_array();
  for (const std::string& name : erased.fields) details.string(name);
  details.end_array().key("history_entries").integer(erased.entries);
  if (!reason.empty()) details.key("reason").string(reason);
  details.end_object();
  stream::AuditNote note;
  note.kind = stream::AuditKind::personal_erased;
  note.origin = frame.origin;
  note.at = frame.now;
  note.object = object.api_name;
  note.record = id;
  note.details = details.take();
  return stream::append_audit(frame.connection, frame.parts.workspace_key, note);
}

Result<Written> erase_in(const WriteFrame& frame, const Object& object, RecordId id,
                         std::string_view reason) {
  LP_CHECK(lock_row(frame.connection, object, id));
  LP_TRY(const auto stored, read_row(frame.connection, object, id, Presence::live));
  if (!stored) return Error::of(ErrorCode::not_found);
  LP_CHECK(check_reach(frame.connection, frame.schema, frame.viewer(), access::Action::update,
                       object, *stored));
  Erased erased;
  LP_TRY(erased.entries, sealed_entries(frame.connection, object, id));
  RowValues row = *stored;
  LP_CHECK(empty_fields(frame, object, *stored, row, reason, erased));
  LP_CHECK(PersonalKeys(frame.parts.workspace_key).destroy(frame.connection, id));
  LP_CHECK(note_erasure(frame, object, id, erased, reason));
  JsonWriter out;
  out.begin_object().key("id").id(id).key("version").integer(integer_of(row[1]));
  out.key("erased").begin_array();
  for (const std::string& name : erased.fields) out.string(name);
  out.end_array().key("history_entries").integer(erased.entries).end_object();
  return Written{id, integer_of(row[1]), out.take()};
}

}  // namespace

Result<Written> Records::erase_personal(const access::AccessScope& scope,
                                        std::string_view object_name, RecordId id,
                                        const WriteOptions& options) {
  return with_schema(*this, [&](const Held& held) -> Result<Written> {
    LP_TRY(const Object* object, visible_object(*held, scope, object_name));
    if (!scope.may(access::Action::update, object_name)) return Error::of(ErrorCode::forbidden);
    if (!scope.may(access::Action::personal, object_name)) {
      return Error::of(ErrorCode::forbidden, "personal_not_allowed");
    }
    std::optional<Written> written;
    auto done = parts_.database.write([&](Connection& connection) -> Status {
      LP_CHECK(check_schema(connection, *held));
      const WriteFrame frame = write_frame(*held, connection, scope, options.origin);
      LP_TRY(written, erase_in(frame, *object, id, options.reason));
      if (options.dry_run) return Error::of(ErrorCode::internal, dry_run_marker);
      if (options.in_transaction) LP_CHECK(options.in_transaction(connection, written->answer));
      return {};
    });
    if (!done && !is_dry_run(done.error())) return std::move(done).error();
    return std::move(*written);
  });
}

}  // namespace linchpin::records
