#include "identify/pool/pool_policy.h"

#include <algorithm>

namespace linchpin::identify {

namespace {

bool share_one(const std::vector<std::string>& left, const std::vector<std::string>& right) {
  return std::any_of(left.begin(), left.end(), [&](const std::string& one) {
    return std::find(right.begin(), right.end(), one) != right.end();
  });
}

}  // namespace

Result<PoolPolicy> read_pool_policy(const PoolSource& source) {
  PoolPolicy policy;
  LP_TRY(const std::vector<PoolRow> rows,
         find_rows(source, "pool_policy", {},
                   {"approver_roles", "approver_own_roles", "required_fields",
                    "minimum_completeness", "block_incomplete", "admit_tiers", "department_from",
                    "decision_days", "fast_track_days"}));
  if (rows.empty()) return policy;
  const PoolRow& row = rows.front();
  policy.approver_roles = row.texts(0);
  policy.approver_own_roles = row.texts(1);
  if (!row.empty(2)) policy.required_fields = row.texts(2);
  policy.minimum_completeness = row.integer(3);
  policy.block_incomplete = row.integer(4) != 0;
  policy.admit_tiers = row.texts(5);
  if (!row.empty(6)) policy.department_from = row.integer(6);
  if (!row.empty(7)) policy.decision_days = row.integer(7);
  if (!row.empty(8)) policy.fast_track_days = row.integer(8);
  return policy;
}

Result<bool> decides_pool(const PoolSource& source, const PoolPolicy& policy,
                          const access::AccessScope& person) {
  if (person.administrator()) return true;
  std::vector<std::string> people;
  for (const access::Holder& holder : person.holders()) people.push_back(format_id(holder.user));
  if (people.empty()) return false;
  LP_TRY(const std::vector<PoolRow> rows,
         find_rows(source, "user", where_in("id", people), {"roles", "own_roles"}));
  return std::any_of(rows.begin(), rows.end(), [&](const PoolRow& row) {
    return share_one(row.texts(0), policy.approver_roles) ||
           share_one(row.texts(1), policy.approver_own_roles);
  });
}

}  // namespace linchpin::identify
