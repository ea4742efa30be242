#pragma once

// The writing part of an import: slices of rows, each one transaction with its facts, its change
// log entries, its counters and the place where the next one begins.

#include <chrono>
#include <map>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "jobs/imports/error_file.h"
#include "jobs/imports/import.h"
#include "jobs/imports/row_source.h"
#include "jobs/imports/row_work.h"
#include "jobs/jobs.h"
#include "records/bulk.h"
#include "records/records.h"

namespace linchpin::imports {

// Where a slice ended.
struct RunCheckpoint {
  std::int64_t row = 0;     // number of the last row that was taken
  std::int64_t done = 0;    // rows taken
  std::int64_t errors = 0;  // size of the error file
  static RunCheckpoint of(const json::object& object);
  json::object object() const;
};

class ImportRun final : private RowSink {
 public:
  // Of the writer's time, to the end of the commit: while others write, and while nobody does.
  // Longer slices touch the pages of an index less often.
  static constexpr std::chrono::milliseconds slice_time{45};
  static constexpr std::chrono::milliseconds quiet_slice_time{150};
  // Whoever wrote this lately is expected to write again.
  static constexpr std::chrono::milliseconds busy_time{2'000};
  static constexpr std::size_t slice_records = 16'000;
  static constexpr int foreign_changes_read = 1'000;

  // `plan` and `context` outlive it.
  ImportRun(records::Records& records, const Plan& plan, const Import& import,
            const access::AccessScope& scope, jobs::JobContext& context);
  ~ImportRun() override;

  Status open(const std::string& errors_path);
  // False when all rows are done.
  Result<bool> slice();
  const Counters& counters() const { return counters_; }
  std::int64_t done() const { return at_.done; }

 private:
  using Clock = std::chrono::steady_clock;
  using Fills = std::map<std::int64_t, std::vector<records::FieldInput>>;

  Result<std::int64_t> find(const Lookup& lookup, std::string_view key) override;
  Status check(const records::Object& object, records::RowValues& row) override;
  Result<std::int64_t> create(const records::Object& object, records::RowValues& row) override;
  Result<std::vector<std::int64_t>> match(const records::RowValues& row) override;
  Result<bool> update(std::int64_t record, std::vector<NewValue> values) override;
  Result<std::uint64_t> open_fills(const LinkPlan& link, std::int64_t record,
                                   std::string_view key) override;
  void fill(const records::Object& object, std::int64_t record, NewValue value) override;
  Result<bool> make_way(std::int64_t record) override;

  Status write_slice(storage::Connection& connection);
  Status take_rows();
  Status note(RowOutcome outcome);
  Status notice_foreign_changes(storage::Connection& connection);
  Status write_fills();
  Status load_created(storage::Connection& connection);
  bool is_created(const records::Object& object, std::int64_t record) const;
  Status notice_writers();
  bool has_time() const { return Clock::now() - slice_start_ < row_time_; }

  records::Records& records_;
  const Plan& plan_;
  const Import& import_;
  const access::AccessScope scope_;
  jobs::JobContext& context_;
  const stream::Origin origin_;
  RowWork work_;

  RunCheckpoint at_;
  Counters counters_;
  std::optional<RowSource> source_;
  std::optional<ErrorFile> errors_;
  tabular::Row row_;
  bool has_row_ = false;
  bool ended_ = false;
  std::int64_t seen_seq_ = -1;  // of the change log, behind our own last slice
  // What this import created, in the order of ids: linked records, and whatever an interrupted
  // process wrote before this one.
  std::map<const records::Object*, std::vector<std::int64_t>> created_;
  std::unordered_set<std::int64_t> replaced_;  // whose other lines are gone
  std::map<const records::Object*, Fills> fills_;

  // Of the slice at work.
  storage::Connection* connection_ = nullptr;
  records::BulkSlice* slice_ = nullptr;
  Clock::time_point slice_start_;
  Clock::time_point rows_end_;
  Clock::duration row_time_ = slice_time / 2;
  double tail_share_ = 1;  // what the end of a slice takes, in terms of its rows
  Clock::time_point quiet_from_ = Clock::now() + busy_time / 8;
  std::int64_t seen_writes_ = -1;
  std::int64_t seen_version_ = -1;
};

}  // namespace linchpin::imports
