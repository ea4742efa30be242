#pragma once

// A stretch of the change log as a live page sees it: what each record was before and is now,
// however many entries lie between. Lives within one snapshot of the database.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "records/row.h"
#include "records/schema.h"
#include "stream/change_log.h"

namespace linchpin::inbound {

struct RowChange {
  RecordId record;
  std::int64_t seq = 0;
  std::int64_t version = 0;
  std::optional<records::RowValues> before;  // nothing: it was not there, or in the trash
  std::optional<records::RowValues> after;
  std::vector<const records::Field*> fields;  // that have changed; empty unless updated
};

struct ObjectChanges {
  std::int64_t seq = 0;  // of the last entry
  std::int64_t rows = 0;
  std::vector<RowChange> changes;  // empty when there are more than max_told_rows
};

class ChangeBatch {
 public:
  static constexpr int max_entries = 5'000;
  static constexpr std::int64_t max_told_rows = 200;  // of one object; beyond it only their number

  ChangeBatch(storage::Connection& connection, const records::Schema& schema)
      : connection_(connection), schema_(schema) {}

  // Everything after `since`. False: there is more than max_entries, and nothing can be told.
  Result<bool> read(std::int64_t since);

  const std::set<std::string>& objects() const { return objects_; }
  // Null when nothing happened to the object's records.
  Result<const ObjectChanges*> of(const std::string& object);
  // Whether a record of the object went, came back, or changed in one of the fields; `creations`:
  // or is new.
  bool touches(const std::string& object, const std::set<std::string>& fields,
               bool creations) const;

  // The last entry by which a record of the object was shared or is no longer; 0: there is none.
  std::int64_t shared(const std::string& object) const;

  storage::Connection& connection() { return connection_; }
  const records::Schema& schema() const { return schema_; }

 private:
  Result<RowChange> make_change(const records::Object& object,
                                const std::vector<const stream::Entry*>& entries, RecordId record);

  storage::Connection& connection_;
  const records::Schema& schema_;
  std::set<std::string> objects_;
  std::map<std::string, std::vector<stream::Entry>> entries_;
  std::map<std::string, ObjectChanges> changes_;
  std::map<std::string, std::int64_t> shared_;
};

}  // namespace linchpin::inbound
