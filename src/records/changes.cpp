#include "records/changes.h"

#include "stream/change_log.h"

namespace linchpin::records {

Result<std::vector<RecordChange>> read_changes(storage::Connection& connection, std::int64_t since,
                                               int limit) {
  std::vector<RecordChange> changes;
  LP_CHECK(
      stream::read_since(connection, since, {}, limit, [&](const stream::Entry& entry) -> Status {
        RecordChange change{entry.seq, entry.object, entry.records, entry.changes_json,
                            entry.origin.request};
        if (change.records.empty()) change.records.push_back(entry.record);
        changes.push_back(std::move(change));
        return {};
      }));
  return changes;
}

Result<std::int64_t> last_change(storage::Connection& connection) {
  return stream::last_seq(connection);
}

}  // namespace linchpin::records
