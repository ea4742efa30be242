#pragma once

// The rules of roles: records that somebody reaches beyond the reach of his roles because they meet
// a filter. A filter is asked with everybody's rights: what it looks at need not be seen.

#include <string>
#include <vector>

#include "records/filter.h"
#include "records/row_access.h"

namespace linchpin::records {

struct AppliedRule {
  Filter filter;
  std::string where;  // as the role has it
};

// Those of the users named that give the action on the object. A rule that speaks of an empty field
// of its holder, or that the schema no longer fits, gives nothing.
std::vector<AppliedRule> rules_for(const Viewer& viewer, const Schema& schema,
                                   access::Action action, const Object& object,
                                   const std::vector<RecordId>& users);
// Those that let read.
std::vector<AppliedRule> rules_for(const Viewer& viewer, const Schema& schema,
                                   const Object& object);

// The rows of `alias` that meet the filter; `hidden` as in reach_sql.
storage::Sql rule_sql(const Schema& schema, storage::Dialect dialect, const Object& object,
                      const Filter& filter, const std::string& alias, bool hidden);
// "SELECT r.id …" of them.
storage::Sql rule_ids_sql(const Schema& schema, storage::Dialect dialect, const Object& object,
                          const Filter& filter);
// The condition of the filter that an index serves and that every row has to meet; null: there is
// none, and the rows are found by looking at all.
const Filter* leading_leaf(const Filter& filter);

// That every rule fits its object and its variables. Pointers begin with `pointer`. Errors: those
// of read_filter, `no_such_object` {object}, and `rule_without_condition`: the reach says `all`.
Status check_rules(const Schema& schema, const access::Role& role, const std::string& pointer);

// Whether a rule of the role looks at the field.
bool rules_use(const Schema& schema, const access::Role& role, const Object& object,
               const Field& field);

}  // namespace linchpin::records
