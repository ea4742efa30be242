#pragma once

// Which records a scope reaches: the one condition that stands in every statement over record data,
// and the same asked of one record that has been read. A record belongs to its owner, to who made
// it where nobody owns it, and to its department; one that inherits its ownership belongs to whom
// the record above it belongs to. Members of an account's team, those a record is shared with and
// those whose roles have a rule that it meets (row_rules.h) reach it too, and what inherits from
// it; they neither remove nor restore it.

#include <optional>
#include <string>
#include <string_view>

#include "access/scope.h"
#include "base/date.h"
#include "records/row.h"
#include "storage/storage.h"

namespace linchpin::records {

// Whose eyes see, and when: shares and memberships run out.
struct Viewer {
  const access::AccessScope& scope;
  Instant now = 0;
  Day today = 0;
  // Of which he sees so few records that a statement begins with them instead of asking of each
  // row whether he sees it.
  const Object* few = nullptr;
  // In which relative dates of rules are meant; without one rules give nothing.
  std::optional<TimeZone> zone = std::nullopt;
};
// For the product's own computations.
Viewer unlimited();
// The same viewer, of whom is asked of each row whether he sees it.
Viewer asking_each(const Viewer& viewer);

// At most so many are few: for more, meeting rows in the order of the page costs less.
inline constexpr std::int64_t max_few = 5'000;

// The viewer with `few` as it is for this object. Looks at no more than max_few index entries of
// each object that ownership is inherited from.
Result<Viewer> weighed(storage::Connection& connection, const Schema& schema, const Viewer& viewer,
                       const Object& object);

// Of the rows that stand as `alias`; empty when the viewer reaches every row. `hidden`: written so
// that no index fits it (SQLite), for rows that are met in the order of another one.
storage::Sql reach_sql(const Viewer& viewer, const Schema& schema, storage::Dialect dialect,
                       access::Action action, const Object& object, const std::string& alias,
                       bool hidden = false);

// Why a viewer reaches a record: `everything` (administration, or a role that reaches all),
// `owner` (of it or of what it inherits from), `people` (those of a team or department own it),
// `maker` (nobody owns it), `department` (it belongs to one), `team` (of the account), `share`,
// `rule` (of a role).
struct Grant {
  std::string_view kind;
  std::string object;  // the record on which this hangs
  RecordId record;
  std::string where = {};  // of a rule: its filter
};
// Nothing where he does not.
Result<std::optional<Grant>> grant_of(storage::Connection& connection, const Schema& schema,
                                      const Viewer& viewer, access::Action action,
                                      const Object& object, const RowValues& row);

// Whether the viewer reaches a record, be it in the trash, that has or had these values.
Result<bool> reaches(storage::Connection& connection, const Schema& schema, const Viewer& viewer,
                     access::Action action, const Object& object, const RowValues& row);

// Whether no row of the object is out of the viewer's reach.
bool reaches_every_row(const Viewer& viewer, access::Action action, const Object& object);

// not_found for what the viewer does not see, forbidden for what he sees and may not act on.
Status check_reach(storage::Connection& connection, const Schema& schema, const Viewer& viewer,
                   access::Action action, const Object& object, const RowValues& row);

}  // namespace linchpin::records
