#pragma once

// What an import would do, found out over the whole file without writing.

#include <map>
#include <string>
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

class DryRun final : private RowSink {
 public:
  static constexpr std::size_t reported_errors = 100;
  static constexpr int rows_per_read = 4'000;

  // `plan` and `context` outlive it.
  DryRun(records::Records& records, const Plan& plan, const Import& import,
         const access::AccessScope& scope, jobs::JobContext& context);
  ~DryRun() override;

  // The report. Errors: jobs::interrupted(), those of the file.
  Result<json::object> run(const std::string& errors_path);

 private:
  Result<std::int64_t> find(const Lookup& lookup, std::string_view key) override;
  Status check(const records::Object& object, records::RowValues& row) override;
  Result<std::int64_t> create(const records::Object& object, records::RowValues& row) override;
  Result<std::vector<std::int64_t>> match(const records::RowValues& row) override;
  Result<bool> update(std::int64_t record, std::vector<NewValue> values) override;
  Result<std::uint64_t> open_fills(const LinkPlan& link, std::int64_t record,
                                   std::string_view key) override;
  void fill(const records::Object& object, std::int64_t record, NewValue value) override;
  Result<bool> make_way(std::int64_t record) override;

  Status read_some(storage::Connection& connection, RowSource& source, ErrorFile& errors);
  Status note_failed(const tabular::Row& row, ErrorFile& errors);
  Status check_unique(const records::RowValues& row);
  std::string match_key(const records::RowValues& row) const;
  json::object report() const;

  records::Records& records_;
  const Plan& plan_;
  const Import& import_;
  const access::AccessScope scope_;
  jobs::JobContext& context_;
  RowWork work_;

  std::int64_t rows_ = 0;
  std::int64_t failed_ = 0;
  std::int64_t duplicates_ = 0;
  std::int64_t updates_ = 0;
  std::map<std::string, std::int64_t> creates_;
  // Hashes of the keys that came up, by field: a file may have millions.
  std::map<const records::Field*, std::unordered_set<std::size_t>> seen_;
  std::unordered_set<std::size_t> matched_;
  json::array first_errors_;
  bool ended_ = false;

  storage::Connection* connection_ = nullptr;
  records::BulkSlice* slice_ = nullptr;
};

}  // namespace linchpin::imports
