#pragma once

// The steps inside a writing transaction: store a row, keep facts, log the change. Shared by single
// writes and bulk slices.

#include "records/facts.h"
#include "records/records.h"
#include "records/row.h"
#include "records/row_access.h"

namespace linchpin::records {

// How many records one removal may take with it.
constexpr std::size_t max_cascade = 100'000;

// A dry run does everything and then fails with this, so that nothing of it stays.
constexpr const char* dry_run_marker = "dry_run";
bool is_dry_run(const Error& error);

// Within a write: fails when the schema is not in force any more. with_schema() then begins anew.
Status check_schema(storage::Connection& connection, const Schema& schema);
bool is_stale_schema(const Error& error);

constexpr int max_schema_attempts = 8;

// Runs `attempt` with the schema in force, and again when it changed meanwhile.
template <class Attempt>
auto with_schema(Records& records, const Attempt& attempt) {
  for (int left = max_schema_attempts;; --left) {
    auto done = attempt(records.schema());
    if (done || !is_stale_schema(done.error())) return done;
    if (left == 0) return decltype(done)(Error::of(ErrorCode::overloaded, "metadata_changing"));
    if (Status read = records.refresh_schema(); !read) return decltype(done)(read.error());
  }
}

struct WriteFrame {
  const Records::Parts& parts;
  const Schema& schema;
  storage::Connection& connection;
  const access::AccessScope& scope;
  const stream::Origin& origin;
  Instant now;
  TimeZone time_zone;
  std::shared_ptr<const WorkingCalendar> calendar;

  RuleFrame rules() const { return {connection, schema, time_zone, *calendar, viewer()}; }
  Viewer viewer() const { return {scope, now, time_zone.local_day(now), nullptr, time_zone}; }
};

// Rules, checks, row, facts, change. The row carries its id, stamps and defaults already.
Status insert_record(const WriteFrame& frame, const Object& object, RowValues& row);

// Row, facts and change of a record whose new row has been validated.
Status replace_record(const WriteFrame& frame, const Object& object, const RowValues& before,
                      const RowValues& after, std::string_view reason);

// Moves the facts of a record, and of those whose condition reads it.
Status move_facts(const WriteFrame& frame, const Object& object, const RowValues* before,
                  const RowValues* after);

// With everything that cascades; links that clear are emptied. Error: in_use / `linked_records`
// {object} for a restricting link, and for a required one.
Status trash_record(const WriteFrame& frame, const Object& object, const RowValues& row,
                    std::string_view reason);

// With everything that went to the trash with it, and the links that pointed at it.
Status restore_record(const WriteFrame& frame, const Object& object, const RowValues& row,
                      std::string_view reason);

// Puts inputs into a row; a personal value that has not changed keeps its sealed form.
Status apply_inputs(const WriteFrame& frame, const std::vector<FieldInput>& inputs, RowValues& row);

// Seals the personal values of a row that are still plain.
Status seal_personal(const WriteFrame& frame, const Object& object, RowValues& row);

// A stored value in API form, opened when it is sealed.
Result<std::string> stored_text(const WriteFrame& frame, const Field& field, const RowValues& row);

// Gives an empty autonumber field its next number, in the same transaction.
Status number_record(storage::Connection& connection, const Object& object, RowValues& row);
Status ensure_counter_table(storage::Connection& connection);

}  // namespace linchpin::records
