#include "jobs/imports/run.h"

#include <algorithm>

#include "jobs/imports/import_store.h"
#include "jobs/imports/matching.h"
#include "records/row_store.h"

namespace linchpin::imports {

using records::is_empty;
using records::Object;
using records::RowValues;
using records::text_of;
using storage::Connection;

RunCheckpoint RunCheckpoint::of(const json::object& object) {
  return {integer_at(object, "row"), integer_at(object, "done"), integer_at(object, "errors")};
}

json::object RunCheckpoint::object() const {
  return {{"row", row}, {"done", done}, {"errors", errors}};
}

ImportRun::ImportRun(records::Records& records, const Plan& plan, const Import& import,
                     const access::AccessScope& scope, jobs::JobContext& context)
    : records_(records),
      plan_(plan),
      import_(import),
      scope_(scope.for_import(import.id)),
      context_(context),
      origin_{import.actor(), {}, {}, 0, 0},
      work_(plan, records.frame().time_zone, *this),
      at_(RunCheckpoint::of(context.job().checkpoint)),
      counters_(import.counters) {}

ImportRun::~ImportRun() = default;

Status ImportRun::open(const std::string& errors_path) {
  LP_TRY(source_, RowSource::open(import_.path, import_.layout, at_.row));
  LP_TRY(errors_, ErrorFile::open(errors_path, at_.errors, records_.workspace_key()));
  if (context_.job().checkpoint.empty()) return {};
  return records_.database().read(
      [this](Connection& connection) { return load_created(connection); });
}

// What the slices before an interruption created is told by the change log alone.
Status ImportRun::load_created(Connection& connection) {
  LP_CHECK(stream::read_of_actor(
      connection, import_.actor(), [this](const stream::Entry& entry) -> Status {
        const Object* object = plan_.schema->object(entry.object);
        if (entry.operation != stream::Operation::create || object == nullptr) return {};
        auto& created = created_[object];
        for (const RecordId id : entry.records) created.push_back(id.value);
        return {};
      }));
  for (auto& [object, ids] : created_) std::sort(ids.begin(), ids.end());
  return {};
}

bool ImportRun::is_created(const Object& object, std::int64_t record) const {
  const auto created = created_.find(&object);
  return created != created_.end() &&
         std::binary_search(created->second.begin(), created->second.end(), record);
}

Result<bool> ImportRun::slice() {
  LP_CHECK(notice_writers());
  const bool quiet = Clock::now() >= quiet_from_;
  const Clock::duration allowed = quiet ? quiet_slice_time : slice_time;
  row_time_ = std::chrono::duration_cast<Clock::duration>(allowed / (1 + tail_share_));
  LP_CHECK(records_.database().write(
      [this](Connection& connection) { return write_slice(connection); }, storage::WriteKind::job));
  const std::chrono::duration<double> rows = rows_end_ - slice_start_;
  const std::chrono::duration<double> tail = Clock::now() - rows_end_;
  constexpr double longest_tail = 3;
  tail_share_ = std::min(tail.count() / std::max(rows.count(), 1e-6), longest_tail);
  return !ended_;
}

// Others write when the writer of this process did more than our slice, or another process did.
Status ImportRun::notice_writers() {
  auto& database = records_.database();
  const std::int64_t writes = database.counters().writes;
  LP_TRY(const std::int64_t version, database.data_version());
  const bool first = seen_writes_ < 0;
  if (!first && (writes > seen_writes_ + 1 || version != seen_version_)) {
    quiet_from_ = Clock::now() + busy_time;
  }
  seen_writes_ = writes;
  seen_version_ = version;
  return {};
}

Status ImportRun::write_slice(Connection& connection) {
  slice_start_ = Clock::now();
  LP_CHECK(notice_foreign_changes(connection));
  records::BulkSlice slice(records_, connection, scope_, origin_);
  connection_ = &connection;
  slice_ = &slice;
  LP_CHECK(take_rows());
  rows_end_ = Clock::now();
  LP_CHECK(write_fills());
  LP_CHECK(slice.finish());
  LP_TRY(at_.errors, errors_->flush());
  LP_CHECK(update_counters(connection, import_.id, counters_));
  LP_CHECK(
      context_.save(connection, at_.done, std::max(at_.done, import_.layout.rows), at_.object()));
  LP_TRY(seen_seq_, stream::last_seq(connection));
  return {};
}

Status ImportRun::take_rows() {
  while (!ended_ && has_time() && slice_->written() < slice_records) {
    if (!has_row_) {
      LP_TRY(has_row_, source_->next(row_));
      ended_ = !has_row_;
      if (ended_) return {};
    }
    LP_TRY(const RowOutcome outcome, work_.take(row_));
    if (outcome == RowOutcome::unfinished) return {};
    LP_CHECK(note(outcome));
    has_row_ = false;
    at_.row = row_.number;
    ++at_.done;
  }
  return {};
}

Status ImportRun::note(RowOutcome outcome) {
  switch (outcome) {
    case RowOutcome::created:
      ++counters_.created;
      return {};
    case RowOutcome::updated:
      ++counters_.updated;
      return {};
    case RowOutcome::unchanged:
      ++counters_.skipped;
      return {};
    case RowOutcome::failed:
      ++counters_.failed;
      return errors_->add(row_, work_.problems());
    case RowOutcome::unfinished:
      return {};
  }
  return {};
}

// People and other programs go on writing between the slices: what they changed is looked up anew.
Status ImportRun::notice_foreign_changes(Connection& connection) {
  LP_TRY(const std::int64_t last, stream::last_seq(connection));
  if (seen_seq_ < 0 || last == seen_seq_) return {};
  int read = 0;
  LP_CHECK(stream::read_since(connection, seen_seq_, {}, foreign_changes_read,
                              [&](const stream::Entry& entry) -> Status {
                                ++read;
                                const Object* object = plan_.schema->object(entry.object);
                                if (object != nullptr) work_.forget(*object);
                                return {};
                              }));
  if (read < foreign_changes_read) return {};
  for (const Lookup& lookup : plan_.lookups) work_.forget(*lookup.object);
  return {};
}

Result<std::int64_t> ImportRun::find(const Lookup& lookup, std::string_view key) {
  LP_TRY(const RecordId id,
         records_.find(*connection_, scope_, lookup.object->api_name, lookup.key->api_name, key));
  return id.value;
}

Status ImportRun::check(const Object& object, RowValues& row) {
  return slice_->check(object, row);
}

Result<std::int64_t> ImportRun::create(const Object& object, RowValues& row) {
  LP_TRY(const RecordId id, slice_->create(object, row));
  ++counters_.records[object.api_name];
  if (&object != plan_.object) created_[&object].push_back(id.value);
  return id.value;
}

Result<std::vector<std::int64_t>> ImportRun::match(const RowValues& row) {
  return match_records(records_, *connection_, scope_, plan_, row);
}

Result<bool> ImportRun::update(std::int64_t record, std::vector<NewValue> values) {
  std::vector<records::FieldInput> inputs;
  for (NewValue& value : values) inputs.push_back({value.field, std::move(value.value)});
  const std::size_t before = slice_->written();
  LP_CHECK(slice_->update(*plan_.object, RecordId{record}, std::move(inputs)));
  return slice_->written() != before;
}

Result<std::uint64_t> ImportRun::open_fills(const LinkPlan& link, std::int64_t record,
                                            std::string_view key) {
  const Object& object = *plan_.lookups[link.cell.lookup].object;
  if (link.fills.empty() || !is_created(object, record)) return std::uint64_t{0};
  LP_TRY(const auto row,
         records::read_row(*connection_, object, RecordId{record}, records::Presence::live));
  std::uint64_t open = 0;
  for (std::size_t i = 0; row && i < link.fills.size(); ++i) {
    const FillPlan& fill = link.fills[i];
    const records::Value& value = (*row)[fill.field->index];
    const bool has_source = fill.cell || fill.from != nullptr;
    const bool stands_in = fill.is_name && text_of(value) == key;
    if (has_source && (is_empty(value) || stands_in)) open |= std::uint64_t{1} << i;
  }
  return open;
}

void ImportRun::fill(const Object& object, std::int64_t record, NewValue value) {
  fills_[&object][record].push_back({value.field, std::move(value.value)});
}

Status ImportRun::write_fills() {
  for (auto& [object, fills] : fills_) {
    for (auto& [record, inputs] : fills) {
      const auto done = slice_->update(*object, RecordId{record}, std::move(inputs));
      // Somebody may have removed it meanwhile, or a rule may refuse the value: it stays empty.
      if (done || done.error().code == ErrorCode::not_found ||
          done.error().code == ErrorCode::validation_failed ||
          done.error().code == ErrorCode::duplicate) {
        continue;
      }
      return done.error();
    }
  }
  fills_.clear();
  return {};
}

Result<bool> ImportRun::make_way(std::int64_t record) {
  const Object& target = *plan_.schema->object(plan_.replace->target);
  if (record == 0 || replaced_.contains(record)) return true;
  const bool own_record = is_created(target, record);
  std::vector<RecordId> others;
  if (!own_record) {
    LP_CHECK(records_.select_ids(*connection_, scope_, plan_.object->api_name,
                                 equals(*plan_.replace, records::Value(record)), [&](RecordId id) {
                                   if (!is_created(*plan_.object, id.value)) others.push_back(id);
                                 }));
  }
  for (const RecordId other : others) {
    if (slice_->written() >= slice_records || !has_time()) return false;
    LP_CHECK(slice_->remove(*plan_.object, other));
  }
  replaced_.insert(record);
  return true;
}

}  // namespace linchpin::imports
