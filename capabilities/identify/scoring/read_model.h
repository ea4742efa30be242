#pragma once

// A scoring model as people and the API write it. What the bands leave out or cover twice is
// refused with the place of the fault.

#include "base/json.h"
#include "identify/scoring/model.h"

namespace linchpin::identify {

constexpr std::size_t max_criteria = 50;
constexpr std::size_t max_bands = 50;
constexpr std::size_t max_thresholds = 10;
constexpr int max_measure_months = 120;

// {"criteria":[{"key","field"|"measure","months"?,"half_life_days"?,"weight","missing"?,"bands":[
//    {"from"?,"to"?,"points"} or {"in":["…"],"points"} … {"points"}]}],
//  "thresholds":[{"tier","from"}],"margin"?}
// Errors: malformed for another shape; validation_failed with band_gap, band_overlap {at},
// choices_not_covered, choice_twice {value}, thresholds_not_descending, thresholds_end_above_zero,
// duplicate_value, out_of_range {min, max}, required, wrong_number, criterion_source.
Result<ScoringModel> read_model(const json::object& model);

}  // namespace linchpin::identify
