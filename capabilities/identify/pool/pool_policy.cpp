#include "identify/pool/pool_policy.h"

#include <algorithm>

namespace linchpin::identify {

namespace {

bool share_one(const std::vector<std::string>& left, const std::vector<std::string>& right) {
  return std::any_of(left.begin(), left.end(), [&](const std::string& one) {
    return std::find(right.begin(), right.end(), one) != right.end();
  });
}

// Nothing where department, first day or months are not said.
std::optional<RoundCalendar> calendar_of(const PoolRow& row) {
  constexpr std::size_t name = 9, own_name = 10, department = 11, first_on = 12, months = 13;
  constexpr std::size_t days = 14, notice_days = 15, planned_until = 16;
  if (row.empty(department) || row.empty(first_on) || row.empty(months)) return std::nullopt;
  RoundCalendar calendar;
  calendar.department = row.link(department);
  calendar.name = row.text(row.empty(own_name) ? name : own_name);
  calendar.first_on = *row.day(first_on);
  calendar.months = row.integer(months);
  if (!row.empty(days)) calendar.days = row.integer(days);
  if (!row.empty(notice_days)) calendar.notice_days = row.integer(notice_days);
  calendar.planned_until = row.day(planned_until);
  return calendar;
}

}  // namespace

Result<PoolPolicy> read_pool_policy(const PoolSource& source) {
  PoolPolicy policy;
  LP_TRY(const std::vector<PoolRow> rows,
         find_rows(source, "pool_policy", {},
                   {"approver_roles", "approver_own_roles", "required_fields",
                    "minimum_completeness", "block_incomplete", "admit_tiers", "department_from",
                    "decision_days", "fast_track_days", "name", "round_name", "round_department",
                    "round_first_on", "round_months", "round_days", "round_notice_days",
                    "rounds_planned_until", "share_yardstick"}));
  if (rows.empty()) return policy;
  const PoolRow& row = rows.front();
  policy.id = row.id;
  policy.approver_roles = row.texts(0);
  policy.approver_own_roles = row.texts(1);
  if (!row.empty(2)) policy.required_fields = row.texts(2);
  policy.minimum_completeness = row.integer(3);
  policy.block_incomplete = row.integer(4) != 0;
  policy.admit_tiers = row.texts(5);
  if (!row.empty(6)) policy.department_from = row.integer(6);
  if (!row.empty(7)) policy.decision_days = row.integer(7);
  if (!row.empty(8)) policy.fast_track_days = row.integer(8);
  if (!row.empty(17)) policy.share_yardstick = row.integer(17);
  policy.calendar = calendar_of(row);
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

Status check_decides(const PoolSource& person) {
  const access::AccessScope product = access::Authority::product();
  const PoolSource whole{person.records, person.connection, product};
  LP_TRY(const PoolPolicy policy, read_pool_policy(whole));
  LP_TRY(const bool decides, decides_pool(whole, policy, person.scope));
  return decides ? Status() : Status(Error::of(ErrorCode::forbidden, "pool_wrong_approver"));
}

}  // namespace linchpin::identify
