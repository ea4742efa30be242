#pragma once

// The proof that nothing was lost: what everybody concerned was in charge of before and after, read
// from the database both times, with the sums of the amounts.

#include <map>
#include <vector>

#include "handover/moves.h"

namespace linchpin::handover {

// What the people concerned are in charge of by one charge.
struct Count {
  std::map<RecordId, std::int64_t> of;       // by person
  std::map<std::string, std::int64_t> sums;  // by money field, of all records counted, once each
  std::int64_t records = 0;
};
using Counts = std::map<const Charge*, Count>;

Result<Counts> count_charges(records::Records& records, storage::Connection& connection,
                             const Plan& plan, const std::vector<Charge>& charges);

// {"objects":[{"object","field","moved","kept","merged","records":{"before","after"},
//   "sums":[{"field","before","after"}],"people":[{"user","before","after"}]}],"balanced"}
// of charges that have anything to tell.
json::object ledger_of(const std::vector<Charge>& charges, const Moves& moves, const Plan& plan,
                       const Counts& before, const Counts& after);
bool is_balanced(const json::object& ledger);

}  // namespace linchpin::handover
