#pragma once

// By which rules the pool is kept: the workspace's record of `pool_policy`, or the product's own.

#include <string>
#include <vector>

#include "identify/pool/pool_reading.h"

namespace linchpin::identify {

// Which department reviews the pool when.
struct RoundCalendar {
  RecordId department;
  std::string name;  // what rounds are called, before their month
  Day first_on = 0;
  std::int64_t months = 0;  // from one opening to the next
  std::int64_t days = 14;   // a round is open for
  std::int64_t notice_days = 14;
  std::optional<Day> planned_until{};  // the last opening that a round was made for
};

struct PoolPolicy {
  RecordId id;  // none: the product's own
  std::vector<std::string> approver_roles{"kam_director", "executive"};
  std::vector<std::string> approver_own_roles{};  // ids
  // What a card must have; fields that accounts do not have count as filled in.
  std::vector<std::string> required_fields{"sector", "credit_code", "legal_representative",
                                           "address", "phone"};
  std::int64_t minimum_completeness = 0;  // percent
  bool block_incomplete = false;
  std::vector<std::string> admit_tiers{"strategic", "key"};
  std::int64_t department_from = 20;  // accounts in the pool
  std::int64_t share_yardstick = 70;  // percent of all sales and profit
  std::int64_t decision_days = 30;
  std::int64_t fast_track_days = 3;
  std::optional<RoundCalendar> calendar{};
};

// The policy that was made first.
Result<PoolPolicy> read_pool_policy(const PoolSource& source);

// Whether somebody decides about the pool: an administrator, and who has one of the policy's roles,
// himself or as a deputy.
Result<bool> decides_pool(const PoolSource& source, const PoolPolicy& policy,
                          const access::AccessScope& person);
// Error for a scope that does not: forbidden / `pool_wrong_approver`.
Status check_decides(const PoolSource& person);

}  // namespace linchpin::identify
