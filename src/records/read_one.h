#pragma once

// Reading one record as its reader may see it: what GET answers, and what a write answers to those
// who do not see everything.

#include <string>
#include <vector>

#include "base/crypto.h"
#include "base/json_writer.h"
#include "records/audit_notes.h"
#include "records/filter_sql.h"

namespace linchpin::records {

// What "can" says of each row of a query: computed with the row where it differs from row to row.
class RecordRights {
 public:
  RecordRights(const FromClause& from, const Object& object);

  // ", column…": nothing where every row is alike.
  storage::Sql columns() const;
  // `first` is the first of the columns in the row.
  void write(JsonWriter& out, const storage::Statement& row, int first) const;

 private:
  struct Right {
    std::string_view name;
    storage::Sql condition;  // empty: every row
  };
  std::vector<Right> rights_;
};

struct OneReading {
  storage::Connection& connection;
  const Schema& schema;
  const Viewer viewer;
  const Key& workspace_key;
  const TimeZone& time_zone;
  PersonalReading* opened = nullptr;  // of who asks for personal values, with his purpose
};

// {"id","version","fields","can"}; gives the version. Errors: those of a selection; not_found also
// for what is out of reach.
Result<std::int64_t> read_one(const OneReading& reading, const Object& object, RecordId id,
                              const std::vector<std::string>& select, JsonWriter& out);

}  // namespace linchpin::records
