#pragma once

// What service each tier is promised: the workspace's records of `service_standard`, and for tiers
// without one what the product ships. Nobody is without a standard: the base tier's is everybody's.

#include <array>
#include <map>
#include <string>
#include <vector>

#include "base/visit_standards.h"
#include "identify/pool/pool_reading.h"

namespace linchpin::identify {

constexpr int load_scale = 2;  // of visits per month
// What a tier gets in each of them.
inline constexpr std::array<std::string_view, 5> service_links{"product", "marketing", "sales",
                                                               "supply", "after_sales"};

struct ServiceStandard {
  RecordId id;  // none: shipped
  std::string tier;
  std::int64_t visit_days = 0;
  std::int64_t response_minutes = 0;
  std::string sponsor_level;
  std::string team_grade;
  std::optional<Units> quota_days{};  // of one digit, a month
  std::array<std::string, service_links.size()> links{};
};

class ServiceStandards {
 public:
  static Result<ServiceStandards> read(const PoolSource& source);

  // From the highest tier down.
  const std::vector<ServiceStandard>& all() const { return all_; }
  // Of a tier; the base tier's where it has none.
  const ServiceStandard& of(std::string_view tier) const;
  // Units of load_scale.
  Units visits_per_month(std::string_view tier) const;

 private:
  std::vector<ServiceStandard> all_;
};

// What moving an account from tier to tier means for those who visit.
struct ServiceLoad {
  Units before = 0;  // visits a month to this account
  Units after = 0;
  std::int64_t owner_accounts = 0;       // of the same owner, this one among them
  std::int64_t owner_base_accounts = 0;  // those on the base standard
  Units owner_visits = 0;                // that the owner's accounts are promised, before
  Units base_visits = 0;                 // of them to those on the base standard
};
Result<ServiceLoad> service_load(const PoolSource& source, const ServiceStandards& standards,
                                 RecordId owner, std::string_view tier_before,
                                 std::string_view tier_after);

}  // namespace linchpin::identify
