#pragma once

// A scoring model 综合积分法: criteria with bands of points and weights, thresholds to tiers.
// Figures are exact: points, weights and composites in hundredths, values in millionths.

#include <optional>
#include <string>
#include <vector>

#include "base/decimal.h"

namespace linchpin::identify {

constexpr int points_scale = 2;
constexpr Units full_points = 100 * power_of_ten(points_scale);
constexpr int value_scale = 6;

// Half-open [from, to); no from reaches down, no to reaches up without end.
struct NumberBand {
  std::optional<Units> from;
  std::optional<Units> to;
  Units points = 0;
};

// A choice among options; one without keys takes every other value.
struct ChoiceBand {
  std::vector<std::string> keys;
  Units points = 0;
};

enum class MissingRule {
  by_kind,    // fields count as zero, so do measures except of customers with a short history
  zero,       // no points, with full weight
  leave_out,  // neither points nor weight
};

struct Criterion {
  std::string key;    // unique in the model
  std::string field;  // of accounts; empty for a measure
  std::string measure;
  int months = 0;          // the measure's window; 0 = its own
  int half_life_days = 0;  // of a decayed measure; 0 = its own
  Units weight = 0;
  MissingRule missing = MissingRule::by_kind;
  // One of the two, covering everything without overlaps.
  std::vector<NumberBand> numbers;
  std::vector<ChoiceBand> choices;
};

struct Threshold {
  std::string tier;
  Units from = 0;
};

struct ScoringModel {
  std::vector<Criterion> criteria;
  std::vector<Threshold> thresholds;  // the highest first; the last from 0
  Units margin = 0;  // so far below its threshold an account may fall without leaving its tier
};

}  // namespace linchpin::identify
