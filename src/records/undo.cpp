// Taking a change back by what the log says of it.

#include "records/personal.h"
#include "records/rights.h"
#include "records/row_store.h"
#include "records/write_operations.h"

namespace linchpin::records {

namespace {

struct LoggedChange {
  const Field* field;
  Value from;
  Value to;
};

Result<Value> logged_value(const Field& field, const json::value& logged) {
  const json::object* object = logged.if_object();
  const json::value* sealed = object ? object->if_contains("sealed") : nullptr;
  if (sealed != nullptr && field.sensitivity == Sensitivity::personal && sealed->is_string()) {
    LP_TRY(std::string bytes, from_base64url(std::string_view(sealed->get_string())));
    return Value(storage::Blob{std::move(bytes)});
  }
  auto value = read_value(field, logged);
  if (value) return std::move(*value);
  // The field no longer takes what it once held: an option that is gone, a shorter limit.
  FieldProblem problem = std::move(value).error();
  return Error::invalid(FieldProblem{"/fields/" + field.api_name, field.api_name,
                                     std::move(problem.code), std::move(problem.params)});
}

// Fields that are no more cannot get their values back; those that rules and the product set are
// theirs, and follow from the others; the rest can. Error: invalid_state / `read_only_change` when
// none of several is left.
Result<std::vector<LoggedChange>> logged_changes(const access::AccessScope& scope,
                                                 const Object& object, const stream::Entry& entry) {
  std::vector<LoggedChange> changes;
  if (entry.changes_json.empty()) return changes;
  LP_TRY(const json::value items, parse_json(entry.changes_json));
  bool left_out = false;
  for (const json::value& item : items.as_array()) {
    const json::object& change = item.as_object();
    const Field* field = object.field(std::string_view(change.at("field").as_string()));
    if (!field || field->system) continue;
    if (field->read_only) {
      left_out = true;
      continue;
    }
    if (right_of(scope, object, *field) != access::FieldRight::edit) {
      return Error::of(ErrorCode::forbidden);
    }
    LP_TRY(Value from, logged_value(*field, change.at("from")));
    LP_TRY(Value to, logged_value(*field, change.at("to")));
    changes.push_back({field, std::move(from), std::move(to)});
  }
  if (left_out && changes.empty()) return Error::of(ErrorCode::invalid_state, "read_only_change");
  return changes;
}

// The log holds a personal value sealed. What was erased does not come back.
Result<Value> opened_value(const WriteFrame& frame, RecordId record, const LoggedChange& change) {
  const auto* sealed = std::get_if<storage::Blob>(&change.from);
  if (!sealed) return change.from;
  const PersonalKeys keys(frame.parts.workspace_key);
  LP_TRY(const auto key, keys.data_key(frame.connection, record, false));
  if (!key) return Error::of(ErrorCode::invalid_state, "personal_data_erased");
  const std::string text = open_value(key, *change.field, record, sealed->bytes);
  LP_TRY(const json::value plain, parse_json(text));
  return logged_value(*change.field, plain);
}

bool is_as_logged(const Value& stored, const Value& logged) {
  const auto* now = std::get_if<storage::Blob>(&stored);
  const auto* then = std::get_if<storage::Blob>(&logged);
  return now && then ? sealed_part(now->bytes) == then->bytes : stored == logged;
}

Result<RowValues> undo_update(const WriteFrame& frame, const Object& object,
                              const stream::Entry& entry, std::string_view reason) {
  LP_TRY(const auto changes, logged_changes(frame.scope, object, entry));
  LP_CHECK(lock_row(frame.connection, object, entry.record));
  LP_TRY(const auto stored, read_row(frame.connection, object, entry.record, Presence::live));
  if (!stored) return Error::of(ErrorCode::not_found);
  std::vector<FieldConflict> conflicts;
  RowValues row = *stored;
  for (const LoggedChange& change : changes) {
    LP_TRY(Value from, opened_value(frame, entry.record, change));
    Value& slot = row[change.field->index];
    if (!is_as_logged(slot, change.to)) {
      LP_TRY(const std::string current, stored_text(frame, *change.field, *stored));
      conflicts.push_back({change.field->api_name, shown_in_conflict(*change.field, current)});
    }
    slot = std::move(from);
  }
  if (!conflicts.empty()) return conflict_error(std::move(conflicts), integer_of((*stored)[1]));
  LP_CHECK(store_changes(frame, object, *stored, row, reason));
  return row;
}

access::Action undoing(stream::Operation operation) {
  switch (operation) {
    case stream::Operation::create:
    case stream::Operation::restore:
      return access::Action::remove;
    case stream::Operation::update:
      return access::Action::update;
    case stream::Operation::remove:
      return access::Action::restore;
    case stream::Operation::share:
      return access::Action::share;
  }
  return access::Action::configure;
}

}  // namespace

Result<std::optional<RowValues>> undo_change(const WriteFrame& frame, const Object& object,
                                             const stream::Entry& entry, std::string_view reason) {
  LP_TRY(const auto stored, read_row(frame.connection, object, entry.record, Presence::any));
  if (!stored) return Error::of(ErrorCode::not_found);
  const access::Action action = undoing(entry.operation);
  LP_CHECK(check_reach(frame.connection, frame.schema, frame.viewer(), action, object, *stored));
  if (!entry.records.empty()) return Error::of(ErrorCode::invalid_state, "bulk_change");
  switch (entry.operation) {
    case stream::Operation::update: {
      LP_TRY(RowValues row, undo_update(frame, object, entry, reason));
      return std::optional(std::move(row));
    }
    case stream::Operation::remove: {
      LP_TRY(RowValues row, bring_back_record(frame, object, entry.record, entry.version, reason));
      return std::optional(std::move(row));
    }
    case stream::Operation::share:
      return Error::of(ErrorCode::invalid_state, "share_change");
    case stream::Operation::create:
    case stream::Operation::restore:
      break;
  }
  LP_CHECK(remove_record(frame, object, entry.record, entry.version, reason));
  return std::optional<RowValues>();
}

}  // namespace linchpin::records
