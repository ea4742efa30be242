#include "records/write_operations.h"

#include "base/text.h"
#include "records/compute_values.h"
#include "records/organisation.h"
#include "records/row_store.h"
#include "records/validate.h"

namespace linchpin::records {

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
  if (!patch.version && !patch.base) return conflicts;
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
    conflicts.push_back({input.field->api_name, shown_in_conflict(*input.field, current)});
  }
  // A version that does not match is a conflict even where every value happens to agree.
  if (conflicts.empty() && patch.version && !patch.base) conflicts.push_back({"", "null"});
  return conflicts;
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

Status check_reach(const WriteFrame& frame, access::Action action, const Object& object,
                   const RowValues& stored) {
  return check_reach(frame.connection, frame.schema, frame.viewer(), action, object, stored);
}

Status check_version(std::int64_t wanted, const RowValues& stored) {
  const std::int64_t version = integer_of(stored[1]);
  if (wanted == 0 || wanted == version) return {};
  return conflict_error({}, version);
}

}  // namespace

std::string shown_in_conflict(const Field& field, const std::string& current_json) {
  return field.sensitivity == Sensitivity::personal ? "null" : current_json;
}

Error conflict_error(std::vector<FieldConflict> conflicts, std::int64_t version) {
  Error error = Error::of(ErrorCode::version_conflict);
  std::erase_if(conflicts, [](const FieldConflict& conflict) { return conflict.field.empty(); });
  error.conflicts = std::move(conflicts);
  error.current_version = version;
  return error;
}

Result<RowValues> create_record(const WriteFrame& frame, const Object& object,
                                const std::vector<FieldInput>& inputs) {
  RowValues row(object.fields.size());
  apply_defaults(object, row);
  for (const FieldInput& input : inputs) {
    // An empty value leaves the default; an empty list is what was wanted.
    const bool is_list = input.field->many || input.field->type == FieldType::multi_select;
    if (is_list || !is_empty(input.value)) row[input.field->index] = input.value;
  }
  stamp(row, frame.parts.ids.next(), 1, frame.now, frame.scope.user());
  LP_CHECK(insert_record(frame, object, row));
  return row;
}

Result<RowValues> patch_record(const WriteFrame& frame, const Object& object, RecordId id,
                               const Patch& patch, const std::vector<FieldInput>& inputs,
                               std::string_view reason) {
  LP_CHECK(lock_row(frame.connection, object, id));
  LP_TRY(const auto stored, read_row(frame.connection, object, id, Presence::live));
  if (!stored) return Error::of(ErrorCode::not_found);
  LP_CHECK(check_reach(frame, access::Action::update, object, *stored));
  LP_TRY(auto conflicts, find_conflicts(frame, *stored, patch, inputs));
  if (!conflicts.empty()) return conflict_error(std::move(conflicts), integer_of((*stored)[1]));
  RowValues row = *stored;
  LP_CHECK(apply_inputs(frame, inputs, row));
  LP_CHECK(store_changes(frame, object, *stored, row, reason));
  return row;
}

Status store_changes(const WriteFrame& frame, const Object& object, const RowValues& stored,
                     RowValues& row, std::string_view reason) {
  LP_CHECK(validate_row(frame.rules(), frame.parts.rules, object, &stored, row));
  LP_CHECK(compute_row(frame.connection, frame.schema, object, row));
  LP_CHECK(check_reasons(object, stored, row, reason));
  LP_CHECK(check_role(frame.schema, object, row));
  LP_CHECK(keep_administrator(frame, object, stored, &row));
  LP_CHECK(seal_personal(frame, object, row));
  if (row == stored) return {};
  stamp(row, RecordId{integer_of(stored[0])}, integer_of(stored[1]) + 1, frame.now,
        frame.scope.user());
  return replace_record(frame, object, stored, row, reason);
}

Result<RowValues> remove_record(const WriteFrame& frame, const Object& object, RecordId id,
                                std::int64_t version, std::string_view reason) {
  LP_CHECK(lock_row(frame.connection, object, id));
  LP_TRY(const auto stored, read_row(frame.connection, object, id, Presence::live));
  if (!stored) return Error::of(ErrorCode::not_found);
  LP_CHECK(check_reach(frame, access::Action::remove, object, *stored));
  LP_CHECK(check_version(version, *stored));
  LP_CHECK(keep_administrator(frame, object, *stored, nullptr));
  LP_CHECK(trash_record(frame, object, *stored, reason));
  RowValues row = *stored;
  row[1] = integer_of(row[1]) + 1;
  return row;
}

Result<RowValues> bring_back_record(const WriteFrame& frame, const Object& object, RecordId id,
                                    std::int64_t version, std::string_view reason) {
  LP_CHECK(lock_row(frame.connection, object, id));
  LP_TRY(const auto stored, read_row(frame.connection, object, id, Presence::trashed));
  if (!stored) return Error::of(ErrorCode::not_found);
  LP_CHECK(check_reach(frame, access::Action::restore, object, *stored));
  LP_CHECK(check_version(version, *stored));
  LP_CHECK(restore_record(frame, object, *stored, reason));
  LP_TRY(const auto row, read_row(frame.connection, object, id, Presence::live));
  if (!row) return Error::internal("a restored record is not there");
  return *row;
}

}  // namespace linchpin::records
