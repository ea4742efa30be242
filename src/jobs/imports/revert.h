#pragma once

// Taking an import back: what it created goes to the trash, what it removed comes back, what it
// changed gets its old values, in slices like the import itself. What somebody has changed or used
// since is kept, and counted.

#include <chrono>
#include <map>
#include <set>
#include <vector>

#include "jobs/imports/import.h"
#include "jobs/jobs.h"
#include "records/bulk.h"
#include "records/records.h"

namespace linchpin::imports {

struct RevertCounters {
  std::int64_t removed = 0;
  std::int64_t restored = 0;
  std::int64_t set_back = 0;
  std::int64_t kept = 0;
  static RevertCounters of(const json::object& object);
  json::object object() const;
};

class Revert {
 public:
  static constexpr std::chrono::milliseconds slice_time{35};
  static constexpr std::size_t slice_records = 16'000;

  // `context` outlives it; `scope` is whose revert it is.
  Revert(records::Records& records, const Import& import, const access::AccessScope& scope,
         jobs::JobContext& context);

  // Reads in the change log what there is to do.
  Status open();
  // False when all is done. The counters so far stand in the import, in the slice's own write.
  Result<bool> slice();
  const RevertCounters& counters() const { return counters_; }
  std::int64_t done() const { return static_cast<std::int64_t>(at_); }
  std::int64_t total() const { return static_cast<std::int64_t>(steps_); }

 private:
  struct Change {
    const records::Object* object;
    RecordId record;
    std::int64_t version;
    std::string changes;  // [{"field","from","to"}]
  };
  struct Ids {
    const records::Object* object;
    std::vector<std::int64_t> ids;
  };

  Status note(const stream::Entry& entry);
  void order_steps();
  Status write_slice(storage::Connection& connection);
  Status step(storage::Connection& connection, std::size_t place);
  Status set_back(storage::Connection& connection, const Change& change);
  Status remove(storage::Connection& connection, const records::Object& object, RecordId record);
  Status restore(const records::Object& object, RecordId record);

  records::Records& records_;
  const Import& import_;
  const access::AccessScope& scope_;
  jobs::JobContext& context_;
  std::shared_ptr<const records::Schema> schema_;

  // Steps in their order: changes newest first, then removals, lines before what they link to,
  // then what was removed.
  std::vector<Change> changes_;
  std::vector<Ids> created_;
  std::vector<Ids> removed_;
  // The version that the import left a record with, where that is not 1.
  std::map<std::pair<const records::Object*, std::int64_t>, std::int64_t> versions_;
  std::size_t steps_ = 0;
  std::size_t at_ = 0;
  RevertCounters counters_;
  records::BulkSlice* slice_ = nullptr;
};

}  // namespace linchpin::imports
