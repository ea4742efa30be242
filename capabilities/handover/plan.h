#pragma once

// What somebody wants handed over: whose work, to whom, when and why.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/date.h"
#include "inbound/registration.h"

namespace linchpin::handover {

constexpr std::size_t max_splits = 50;
constexpr std::size_t max_named_accounts = 1'000;

// Accounts that go to somebody else than the rest, with what belongs to them. The first that takes
// an account in holds.
struct Split {
  RecordId to;
  json::value where;  // a filter of accounts; null: those named alone
  std::vector<RecordId> accounts;
};

struct Plan {
  RecordId from;
  RecordId to;  // of everything that no split takes in
  std::vector<Split> splits;
  std::string reason;
  std::optional<Instant> execute_at;  // empty: at once
  bool dry_run = false;

  std::set<RecordId> successors() const;
};

// Errors: malformed; validation_failed with the place.
Result<Plan> read_plan(const inbound::Request& request);
json::object plan_json(const Plan& plan);
Result<Plan> plan_of(const json::object& stored);

// forbidden / `handover_not_yours`: whose accounts one may change, his work one may hand over,
// one's own excepted. validation_failed / `handover_to_himself`, `no_such_successor` for somebody
// who is not there or does not work here any more.
Status check_plan(records::Records& records, const access::AccessScope& scope, const Plan& plan);

}  // namespace linchpin::handover
