#pragma once

// What the change log says next of records, for those above the engine that follow it.

#include <string>
#include <vector>

#include "records/records.h"

namespace linchpin::records {

struct RecordChange {
  std::int64_t seq = 0;
  std::string object;
  std::vector<RecordId> records;  // at least one
  std::string changes_json;       // as stream::Change has it; empty for many records
  std::string request;            // what caused it, as the writer said
};

// Behind `since`, in order, at most `limit` entries of the log.
Result<std::vector<RecordChange>> read_changes(storage::Connection& connection, std::int64_t since,
                                               int limit);
// The place behind all that was committed so far.
Result<std::int64_t> last_change(storage::Connection& connection);

}  // namespace linchpin::records
