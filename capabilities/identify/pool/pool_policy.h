#pragma once

// By which rules the pool is kept: the workspace's record of `pool_policy`, or the product's own.

#include <string>
#include <vector>

#include "identify/pool/pool_reading.h"

namespace linchpin::identify {

struct PoolPolicy {
  std::vector<std::string> approver_roles{"kam_director", "executive"};
  std::vector<std::string> approver_own_roles{};  // ids
  // What a card must have; fields that accounts do not have count as filled in.
  std::vector<std::string> required_fields{"sector", "credit_code", "legal_representative",
                                           "address", "phone"};
  std::int64_t minimum_completeness = 0;  // percent
  bool block_incomplete = false;
  std::vector<std::string> admit_tiers{"strategic", "key"};
  std::int64_t department_from = 20;  // accounts in the pool
  std::int64_t decision_days = 30;
  std::int64_t fast_track_days = 3;
};

// The policy that was made first.
Result<PoolPolicy> read_pool_policy(const PoolSource& source);

// Whether somebody decides about the pool: an administrator, and who has one of the policy's roles,
// himself or as a deputy.
Result<bool> decides_pool(const PoolSource& source, const PoolPolicy& policy,
                          const access::AccessScope& person);

}  // namespace linchpin::identify
