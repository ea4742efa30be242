// Single writes: what may be checked before is checked on the caller's thread; the writer looks at
// versions, links and rules and stores row, facts and change in one transaction.

#include "base/text.h"
#include "records/change_text.h"
#include "records/facts.h"
#include "records/records.h"
#include "records/row_store.h"
#include "records/tables.h"
#include "records/validate.h"
#include "records/write_steps.h"

namespace linchpin::records {

using storage::Connection;

namespace {

void stamp(RowValues& row, RecordId id, std::int64_t version, Instant now, RecordId user) {
  const Value who = user ? Value(user.value) : Value();
  if (version == 1) {
    row[0] = id.value;
    row[2] = now;
    row[3] = who;
  }
  row[1] = version;
  row[4] = now;
  row[5] = who;
}

// What keeps this patch from being applied to the row: empty when nothing does.
Result<std::vector<FieldConflict>> find_conflicts(const WriteFrame& frame, const RowValues& stored,
                                                  const Patch& patch,
                                                  const std::vector<FieldInput>& inputs) {
  std::vector<FieldConflict> conflicts;
  const std::int64_t version = integer_of(stored[1]);
  if (patch.version && *patch.version == version) return conflicts;
  for (const FieldInput& input : inputs) {
    LP_TRY(const std::string current, stored_text(frame, *input.field, stored));
    JsonWriter wanted;
    write_value(wanted, *input.field, input.value);
    if (wanted.text() == current) continue;
    if (patch.base) {
      const json::value* seen = patch.base->if_contains(input.field->api_name);
      if (seen) {
        const auto value = read_value(*input.field, *seen);
        JsonWriter before;
        if (value) write_value(before, *input.field, *value);
        if (value && before.text() == current) continue;
      }
    }
    conflicts.push_back({input.field->api_name, current});
  }
  // A version that does not match is a conflict even where every value happens to agree.
  if (conflicts.empty() && patch.version && !patch.base) conflicts.push_back({"", "null"});
  return conflicts;
}

Error conflict_error(std::vector<FieldConflict> conflicts, std::int64_t version) {
  Error error = Error::of(ErrorCode::version_conflict);
  std::erase_if(conflicts, [](const FieldConflict& conflict) { return conflict.field.empty(); });
  error.conflicts = std::move(conflicts);
  error.current_version = version;
  return error;
}

Status check_reasons(const Object& object, const RowValues& before, const RowValues& after,
                     std::string_view reason) {
  if (!linchpin::trim(reason).empty()) return {};
  std::vector<FieldProblem> problems;
  for (const Field& field : object.fields) {
    if (!field.important || is_empty(before[field.index])) continue;
    if (before[field.index] == after[field.index]) continue;
    problems.push_back({"/reason", field.api_name, "reason_required", {}});
  }
  if (problems.empty()) return {};
  return Error::invalid(std::move(problems));
}

Result<std::string> answer_text(const WriteFrame& frame, const Object& object,
                                const RowValues& row) {
  JsonWriter out;
  write_record(out, frame.scope, object, row);
  return out.take();
}

Status finish_write(const WriteFrame& frame, const WriteOptions& options, std::string_view answer) {
  if (options.dry_run) return Error::of(ErrorCode::internal, dry_run_marker);
  if (options.in_transaction) return options.in_transaction(frame.connection, answer);
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
    RowValues row(object->fields.size());
    for (const FieldInput& input : inputs) row[input.field->index] = input.value;
    stamp(row, parts_.ids.next(), 1, frame.now, scope.user());
    LP_CHECK(insert_record(frame, *object, row));
    LP_TRY(std::string answer, answer_text(frame, *object, row));
    written = Written{RecordId{integer_of(row[0])}, 1, std::move(answer)};
    return finish_write(frame, options, written->answer);
  });
  if (!done && !is_dry_run(done.error())) return std::move(done).error();
  return std::move(*written);
}

Result<Written> Records::update_with(const Held& held, const access::AccessScope& scope,
                                     std::string_view object_name, RecordId id, const Patch& patch,
                                     const WriteOptions& options) {
  LP_TRY(const Object* object, visible_object(*held, scope, object_name));
  if (!scope.may(access::Action::update, object_name)) return Error::of(ErrorCode::forbidden);
  if (!patch.version && !patch.base) return Error::of(ErrorCode::precondition_required);
  LP_TRY(const std::vector<FieldInput> inputs, read_inputs(scope, *object, patch.fields));
  std::optional<Written> written;
  auto done = parts_.database.write([&](Connection& connection) -> Status {
    LP_CHECK(check_schema(connection, *held));
    const WriteFrame frame = write_frame(*held, connection, scope, options.origin);
    LP_TRY(const auto stored, read_row(connection, *object, id, Presence::live));
    if (!stored) return Error::of(ErrorCode::not_found);
    const std::int64_t version = integer_of((*stored)[1]);
    LP_TRY(auto conflicts, find_conflicts(frame, *stored, patch, inputs));
    if (!conflicts.empty()) return conflict_error(std::move(conflicts), version);
    RowValues row = *stored;
    LP_CHECK(apply_inputs(frame, inputs, row));
    LP_CHECK(validate_row(frame.rules(), parts_.rules, *object, &*stored, row));
    LP_CHECK(check_reasons(*object, *stored, row, options.reason));
    LP_CHECK(seal_personal(frame, *object, row));
    if (row != *stored) {
      stamp(row, id, version + 1, frame.now, scope.user());
      LP_CHECK(replace_record(frame, *object, *stored, row, options.reason));
    }
    LP_TRY(std::string answer, answer_text(frame, *object, row));
    written = Written{id, integer_of(row[1]), std::move(answer)};
    return finish_write(frame, options, written->answer);
  });
  if (!done && !is_dry_run(done.error())) return std::move(done).error();
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
    LP_TRY(const auto stored, read_row(connection, *object, id, Presence::live));
    if (!stored) return Error::of(ErrorCode::not_found);
    if (version != 0 && version != integer_of((*stored)[1])) {
      return conflict_error({}, integer_of((*stored)[1]));
    }
    LP_CHECK(trash_record(frame, *object, *stored, options.reason));
    return finish_write(frame, options, {});
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
    LP_TRY(const auto stored, read_row(connection, *object, id, Presence::trashed));
    if (!stored) return Error::of(ErrorCode::not_found);
    LP_CHECK(restore_record(frame, *object, *stored, options.reason));
    LP_TRY(const auto row, read_row(connection, *object, id, Presence::live));
    LP_TRY(std::string answer, answer_text(frame, *object, *row));
    written = Written{id, integer_of((*row)[1]), std::move(answer)};
    return finish_write(frame, options, written->answer);
  });
  if (!done && !is_dry_run(done.error())) return std::move(done).error();
  return std::move(*written);
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
