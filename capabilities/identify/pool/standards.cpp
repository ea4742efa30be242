#include "identify/pool/standards.h"

#include <algorithm>

namespace linchpin::identify {

namespace {

struct ShippedStandard {
  std::string_view tier;
  std::int64_t response_minutes;
  std::string_view sponsor_level;
  std::string_view team_grade;
  Units quota_days;  // of one digit
};

constexpr std::array shipped_standards{
    ShippedStandard{"strategic", 60, "executive", "dedicated", 100},
    ShippedStandard{"key", 240, "director", "senior", 40},
    ShippedStandard{"growth", 480, "manager", "standard", 20},
    ShippedStandard{base_tier, 1440, "team", "standard", 5},
};

ServiceStandard shipped(const ShippedStandard& from) {
  ServiceStandard standard;
  standard.tier = from.tier;
  standard.visit_days = shipped_visit_days(from.tier);
  standard.response_minutes = from.response_minutes;
  standard.sponsor_level = from.sponsor_level;
  standard.team_grade = from.team_grade;
  standard.quota_days = from.quota_days;
  return standard;
}

ServiceStandard stored_standard(const PoolRow& row) {
  ServiceStandard standard;
  standard.id = row.id;
  standard.tier = row.text(0);
  standard.visit_days = row.integer(1);
  standard.response_minutes = row.integer(2);
  standard.sponsor_level = row.text(3);
  standard.team_grade = row.text(4);
  if (!row.empty(5)) standard.quota_days = row.integer(5);
  for (std::size_t i = 0; i < service_links.size(); ++i) standard.links[i] = row.text(6 + i);
  return standard;
}

}  // namespace

Result<ServiceStandards> ServiceStandards::read(const PoolSource& source) {
  std::vector<std::string> fields{"tier",          "visit_days", "response_minutes",
                                  "sponsor_level", "team_grade", "quota_days"};
  fields.insert(fields.end(), service_links.begin(), service_links.end());
  LP_TRY(const std::vector<PoolRow> rows, find_rows(source, "service_standard", {}, fields));
  ServiceStandards standards;
  for (const ShippedStandard& one : shipped_standards) standards.all_.push_back(shipped(one));
  for (const PoolRow& row : rows) {
    const auto place =
        std::find_if(standards.all_.begin(), standards.all_.end(),
                     [&](const ServiceStandard& one) { return one.tier == row.text(0); });
    if (place != standards.all_.end()) *place = stored_standard(row);
  }
  return standards;
}

const ServiceStandard& ServiceStandards::of(std::string_view tier) const {
  const auto found = std::find_if(all_.begin(), all_.end(),
                                  [&](const ServiceStandard& one) { return one.tier == tier; });
  return found == all_.end() ? all_.back() : *found;
}

Units ServiceStandards::visits_per_month(std::string_view tier) const {
  constexpr WideUnits days_of_year = 365;
  constexpr WideUnits months_of_year = 12;
  const std::int64_t days = std::max<std::int64_t>(of(tier).visit_days, 1);
  return static_cast<Units>(
      divide_half_even(days_of_year * power_of_ten(load_scale), months_of_year * days));
}

Result<ServiceLoad> service_load(const PoolSource& source, const ServiceStandards& standards,
                                 RecordId owner, std::string_view tier_before,
                                 std::string_view tier_after) {
  ServiceLoad load;
  load.before = standards.visits_per_month(tier_before);
  load.after = standards.visits_per_month(tier_after);
  if (!owner) return load;
  LP_TRY(const auto tiers,
         counts_by(source, "account", where_is("owner", format_id(owner)), "tier"));
  for (const auto& [tier, accounts] : tiers) {
    const Units visits = accounts * standards.visits_per_month(tier);
    load.owner_accounts += accounts;
    load.owner_visits += visits;
    if (!tier.empty() && tier != base_tier) continue;
    load.owner_base_accounts += accounts;
    load.base_visits += visits;
  }
  return load;
}

}  // namespace linchpin::identify
