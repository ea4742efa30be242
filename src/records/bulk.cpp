#include "records/bulk.h"

#include <cassert>

#include "records/audit_notes.h"
#include "records/compute_values.h"
#include "records/organisation.h"
#include "records/recalculation.h"
#include "records/row_store.h"
#include "records/validate.h"
#include "records/write_steps.h"

namespace linchpin::records {

using storage::Connection;

struct BulkSlice::Target {
  Target(const Schema& schema, const Object& object) : facts(schema, object) {}

  std::optional<RowInserter> inserter;
  FactDeltas facts;
  std::vector<RecordId> created;
  std::vector<RecordId> removed;
  std::vector<RecordId> restored;
};

BulkSlice::BulkSlice(Records& records, Connection& connection, const access::AccessScope& scope,
                     stream::Origin origin)
    : records_(records),
      connection_(connection),
      scope_(scope),
      origin_(std::move(origin)),
      schema_(records.schema()),
      frame_(
          std::make_unique<WriteFrame>(records.write_frame(*schema_, connection, scope, origin_))),
      now_(frame_->now),
      follow_(std::make_unique<Recalculation>(*frame_)) {}

BulkSlice::~BulkSlice() = default;

const Object* BulkSlice::object(std::string_view api_name) const {
  return schema_->object(api_name);
}

BulkSlice::Target& BulkSlice::target(const Object& object) {
  auto& slot = targets_[&object];
  if (!slot) slot = std::make_unique<Target>(*schema_, object);
  return *slot;
}

Result<RecordId> BulkSlice::create(const Object& object, RowValues& values) {
  assert(values.size() == object.fields.size() && written_ < max_slice_records);
  if (!scope_.may(access::Action::create, object.api_name)) {
    return Error::of(ErrorCode::forbidden);
  }
  Target& into = target(object);
  const Records::Parts& parts = records_.parts_;
  apply_defaults(object, values);
  LP_CHECK(number_record(connection_, object, values));
  LP_CHECK(validate_bulk_row(frame_->rules(), parts.rules, object, values));
  const RecordId id = parts.ids.next();
  const RecordId user = scope_.user();
  values[0] = id.value;
  values[1] = std::int64_t{1};
  values[2] = values[4] = now_;
  values[3] = values[5] = user ? Value(user.value) : Value();
  begin_rollups(*schema_, object, values);
  LP_CHECK(compute_row(connection_, *schema_, object, values));
  LP_CHECK(seal_personal(*frame_, object, values));
  if (!into.inserter) {
    LP_TRY(into.inserter, RowInserter::prepare(connection_, object));
  }
  LP_CHECK(into.inserter->insert(values));
  LP_CHECK(into.facts.add(connection_, values, +1));
  LP_CHECK(follow_->changed(object, nullptr, &values));
  LP_CHECK(note_rights(*frame_, object, stream::Operation::create, nullptr, &values, {}));
  into.created.push_back(id);
  ++written_;
  return id;
}

Status BulkSlice::check(const Object& object, RowValues& values) {
  if (!scope_.may(access::Action::create, object.api_name)) {
    return Error::of(ErrorCode::forbidden);
  }
  apply_defaults(object, values);
  for (const Field& field : object.fields) {
    const bool numbers_itself = field.type == FieldType::autonumber;
    if (numbers_itself && is_empty(values[field.index])) values[field.index] = std::string();
  }
  return validate_bulk_row(frame_->rules(), records_.parts_.rules, object, values);
}

Status BulkSlice::remove(const Object& object, RecordId record) {
  if (!scope_.may(access::Action::remove, object.api_name)) {
    return Error::of(ErrorCode::forbidden);
  }
  LP_TRY(const auto row, read_row(connection_, object, record, Presence::live));
  if (!row) return {};
  LP_CHECK(
      check_reach(connection_, *schema_, frame_->viewer(), access::Action::remove, object, *row));
  Target& from = target(object);
  LP_CHECK(
      set_deleted(connection_, object, record, now_, scope_.user(), integer_of((*row)[1]) + 1));
  LP_CHECK(from.facts.add(connection_, *row, -1));
  LP_CHECK(follow_->changed(object, &*row, nullptr));
  LP_CHECK(note_rights(*frame_, object, stream::Operation::remove, &*row, nullptr, {}));
  from.removed.push_back(record);
  ++written_;
  return {};
}

Status BulkSlice::restore(const Object& object, RecordId record) {
  if (!scope_.may(access::Action::restore, object.api_name)) {
    return Error::of(ErrorCode::forbidden);
  }
  LP_TRY(const auto row, read_row(connection_, object, record, Presence::trashed));
  if (!row) return {};
  LP_CHECK(
      check_reach(connection_, *schema_, frame_->viewer(), access::Action::restore, object, *row));
  Target& into = target(object);
  LP_CHECK(set_deleted(connection_, object, record, std::nullopt, RecordId(),
                       integer_of((*row)[1]) + 1));
  LP_CHECK(into.facts.add(connection_, *row, +1));
  LP_CHECK(follow_->changed(object, nullptr, &*row));
  LP_CHECK(note_rights(*frame_, object, stream::Operation::restore, &*row, nullptr, {}));
  into.restored.push_back(record);
  ++written_;
  return {};
}

Status BulkSlice::update(const Object& object, RecordId record, std::vector<FieldInput> inputs) {
  if (!scope_.may(access::Action::update, object.api_name)) {
    return Error::of(ErrorCode::forbidden);
  }
  LP_TRY(const auto stored, read_row(connection_, object, record, Presence::live));
  if (!stored) return Error::of(ErrorCode::not_found);
  LP_CHECK(check_reach(connection_, *schema_, frame_->viewer(), access::Action::update, object,
                       *stored));
  RowValues row = *stored;
  LP_CHECK(apply_inputs(*frame_, inputs, row));
  LP_CHECK(validate_row(frame_->rules(), records_.parts_.rules, object, &*stored, row));
  LP_CHECK(keep_administrator(*frame_, object, *stored, &row));
  LP_CHECK(compute_row(connection_, *schema_, object, row));
  LP_CHECK(seal_personal(*frame_, object, row));
  if (row == *stored) return {};
  row[1] = integer_of((*stored)[1]) + 1;
  row[4] = now_;
  row[5] = scope_.user() ? Value(scope_.user().value) : Value();
  LP_CHECK(replace_record(*frame_, object, *stored, row, {}));
  ++written_;
  return {};
}

Status BulkSlice::finish() {
  for (auto& [object, target] : targets_) {
    LP_CHECK(target->facts.flush(connection_));
    const std::array<std::pair<stream::Operation, std::vector<RecordId>*>, 3> ranges{
        {{stream::Operation::create, &target->created},
         {stream::Operation::remove, &target->removed},
         {stream::Operation::restore, &target->restored}}};
    for (const auto& [operation, ids] : ranges) {
      if (ids->empty()) continue;
      std::sort(ids->begin(), ids->end());
      LP_CHECK(stream::append_range(connection_, origin_, now_, object->api_name, operation, *ids));
    }
  }
  targets_.clear();
  return follow_->finish();
}

}  // namespace linchpin::records
