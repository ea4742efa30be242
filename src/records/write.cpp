// Single writes: what may be checked before is checked on the caller's thread; the writer looks at
// versions, links and rules and stores row, facts and change in one transaction.

#include "records/audit_notes.h"
#include "records/change_text.h"
#include "records/compute_values.h"
#include "records/read_one.h"
#include "records/row_store.h"
#include "records/validate.h"
#include "records/write_operations.h"

namespace linchpin::records {

using storage::Connection;

namespace {

// The row as it reads now: what the write brought with it, and what has no column.
Status complete_row(const WriteFrame& frame, const Object& object, RowValues& row) {
  if (frame.schema.computed().comes_back(object)) {
    LP_TRY(auto now_stored,
           read_row(frame.connection, object, RecordId{integer_of(row[0])}, Presence::live));
    if (now_stored) row = std::move(*now_stored);
  }
  const formula::Frame around{frame.now, &frame.time_zone, format_id(frame.scope.user())};
  return fill_unstored(frame.connection, frame.schema, object, around, row);
}

// The writer may have given the record away with his write: of that he is told no more.
Status write_what_is_seen(const WriteFrame& frame, const Object& object, const RowValues& row,
                          JsonWriter& out) {
  const OneReading reading{frame.connection, frame.schema, frame.viewer(),
                           frame.parts.workspace_key, frame.time_zone};
  const RecordId id{integer_of(row[0])};
  const auto read = read_one(reading, object, id, {}, out);
  if (read) return {};
  if (read.error().code != ErrorCode::not_found) return read.error();
  out.begin_object().key("id").id(id).key("version").integer(integer_of(row[1]));
  out.key("fields").begin_object().end_object().key("can").begin_array().end_array().end_object();
  return {};
}

// What a write gives back, and what is left to do in its transaction.
Result<Written> finish_write(const WriteFrame& frame, const Object& object, RowValues row,
                             const WriteOptions& options) {
  JsonWriter out;
  if (frame.scope.administrator()) {
    LP_CHECK(complete_row(frame, object, row));
    write_record(out, frame.scope, object, row);
  } else {
    LP_CHECK(write_what_is_seen(frame, object, row, out));
  }
  Written written{RecordId{integer_of(row[0])}, integer_of(row[1]), out.take()};
  if (!options.dry_run && options.in_transaction) {
    LP_CHECK(options.in_transaction(frame.connection, written.answer));
  }
  return written;
}

Status end_of_dry_run(const WriteOptions& options) {
  if (options.dry_run) return Error::of(ErrorCode::internal, dry_run_marker);
  return {};
}

}  // namespace

Result<Written> Records::create_with(const Held& held, const access::AccessScope& scope,
                                     std::string_view object_name, const json::object& fields,
                                     const WriteOptions& options) {
  LP_TRY(const Object* object, visible_object(*held, scope, object_name));
  if (!scope.may(access::Action::create, object_name)) return Error::of(ErrorCode::forbidden);
  LP_TRY(const std::vector<FieldInput> inputs, read_inputs(scope, *object, fields));
  std::optional<Written> written;
  auto done = parts_.database.write([&](Connection& connection) -> Status {
    LP_CHECK(check_schema(connection, *held));
    const WriteFrame frame = write_frame(*held, connection, scope, options.origin);
    LP_TRY(const RowValues row, create_record(frame, *object, inputs));
    LP_TRY(written, finish_write(frame, *object, row, options));
    return end_of_dry_run(options);
  });
  if (!done && !is_dry_run(done.error())) return std::move(done).error();
  return std::move(*written);
}

Result<Written> Records::update_with(const Held& held, const access::AccessScope& scope,
                                     std::string_view object_name, RecordId id, const Patch& patch,
                                     const WriteOptions& options) {
  LP_TRY(const Object* object, visible_object(*held, scope, object_name));
  if (!scope.may(access::Action::update, object_name)) return Error::of(ErrorCode::forbidden);
  if (!patch.version && !patch.base && !patch.any_version) {
    return Error::of(ErrorCode::precondition_required);
  }
  LP_TRY(const std::vector<FieldInput> inputs, read_inputs(scope, *object, patch.fields));
  std::optional<Written> written;
  auto done = parts_.database.write([&](Connection& connection) -> Status {
    LP_CHECK(check_schema(connection, *held));
    const WriteFrame frame = write_frame(*held, connection, scope, options.origin);
    LP_TRY(const RowValues row, patch_record(frame, *object, id, patch, inputs, options.reason));
    LP_TRY(written, finish_write(frame, *object, row, options));
    return end_of_dry_run(options);
  });
  if (!done && !is_dry_run(done.error())) {
    return note_conflicts(parts_, scope, *object, id, std::move(done).error());
  }
  return std::move(*written);
}

Status Records::remove_with(const Held& held, const access::AccessScope& scope,
                            std::string_view object_name, RecordId id, std::int64_t version,
                            const WriteOptions& options) {
  LP_TRY(const Object* object, visible_object(*held, scope, object_name));
  if (!scope.may(access::Action::remove, object_name)) return Error::of(ErrorCode::forbidden);
  auto done = parts_.database.write([&](Connection& connection) -> Status {
    LP_CHECK(check_schema(connection, *held));
    const WriteFrame frame = write_frame(*held, connection, scope, options.origin);
    LP_CHECK(remove_record(frame, *object, id, version, options.reason));
    if (!options.dry_run && options.in_transaction) {
      LP_CHECK(options.in_transaction(connection, {}));
    }
    return end_of_dry_run(options);
  });
  if (!done && !is_dry_run(done.error())) return std::move(done).error();
  return {};
}

Result<Written> Records::restore_with(const Held& held, const access::AccessScope& scope,
                                      std::string_view object_name, RecordId id,
                                      const WriteOptions& options) {
  LP_TRY(const Object* object, visible_object(*held, scope, object_name));
  if (!scope.may(access::Action::restore, object_name)) return Error::of(ErrorCode::forbidden);
  std::optional<Written> written;
  auto done = parts_.database.write([&](Connection& connection) -> Status {
    LP_CHECK(check_schema(connection, *held));
    const WriteFrame frame = write_frame(*held, connection, scope, options.origin);
    LP_TRY(const RowValues row, bring_back_record(frame, *object, id, 0, options.reason));
    LP_TRY(written, finish_write(frame, *object, row, options));
    return end_of_dry_run(options);
  });
  if (!done && !is_dry_run(done.error())) return std::move(done).error();
  return std::move(*written);
}

Result<Written> Records::undo(const access::AccessScope& scope, std::int64_t seq,
                              const WriteOptions& options) {
  return with_schema(*this, [&](const Held& held) -> Result<Written> {
    std::optional<Written> written;
    std::pair<const Object*, RecordId> asked;
    auto done = parts_.database.write([&](Connection& connection) -> Status {
      LP_CHECK(check_schema(connection, *held));
      LP_TRY(const std::optional<stream::Entry> entry, stream::read_entry(connection, seq));
      if (!entry) return Error::of(ErrorCode::not_found);
      auto object = visible_object(*held, scope, entry->object);
      if (!object) return Error::of(ErrorCode::not_found);
      asked = {*object, entry->record};
      const WriteFrame frame = write_frame(*held, connection, scope, options.origin);
      LP_TRY(const auto row, undo_change(frame, **object, *entry, options.reason));
      if (row) {
        LP_TRY(written, finish_write(frame, **object, *row, options));
      } else {
        written = Written{entry->record, 0, {}};
        if (!options.dry_run && options.in_transaction) {
          LP_CHECK(options.in_transaction(connection, {}));
        }
      }
      return end_of_dry_run(options);
    });
    if (!done && !is_dry_run(done.error())) {
      if (!asked.first) return std::move(done).error();
      return note_conflicts(parts_, scope, *asked.first, asked.second, std::move(done).error());
    }
    return std::move(*written);
  });
}

Result<Written> Records::create(const access::AccessScope& scope, std::string_view object,
                                const json::object& fields, const WriteOptions& options) {
  return with_schema(
      *this, [&](const Held& held) { return create_with(held, scope, object, fields, options); });
}

Result<Written> Records::update(const access::AccessScope& scope, std::string_view object,
                                RecordId id, const Patch& patch, const WriteOptions& options) {
  return with_schema(*this, [&](const Held& held) {
    return update_with(held, scope, object, id, patch, options);
  });
}

Status Records::remove(const access::AccessScope& scope, std::string_view object, RecordId id,
                       std::int64_t version, const WriteOptions& options) {
  return with_schema(*this, [&](const Held& held) {
    return remove_with(held, scope, object, id, version, options);
  });
}

Result<Written> Records::restore(const access::AccessScope& scope, std::string_view object,
                                 RecordId id, const WriteOptions& options) {
  return with_schema(
      *this, [&](const Held& held) { return restore_with(held, scope, object, id, options); });
}

}  // namespace linchpin::records
