#pragma once

// How often the product promises a visit to the customers of a tier, where the workspace has no
// `service_standard` of its own. From the highest tier down.

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

namespace linchpin {

struct VisitStandard {
  std::string_view tier;
  std::int64_t days;
};

// Whoever has no tier, or one that nothing is said of, is promised what this one is.
inline constexpr std::string_view base_tier = "base";
inline constexpr std::array shipped_visit_standards{
    VisitStandard{"strategic", 14}, VisitStandard{"key", 30}, VisitStandard{"growth", 60},
    VisitStandard{base_tier, 180}};

constexpr std::int64_t shipped_visit_days(std::string_view tier) {
  const auto* found =
      std::find_if(shipped_visit_standards.begin(), shipped_visit_standards.end(),
                   [&](const VisitStandard& one) { return one.tier == tier; });
  return found == shipped_visit_standards.end() ? shipped_visit_standards.back().days : found->days;
}

}  // namespace linchpin
