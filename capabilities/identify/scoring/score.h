#pragma once

// What a model says of one account. Pure arithmetic: the same inputs always have the same score, so
// a kept result can be computed again.

#include <optional>
#include <string>
#include <vector>

#include "identify/scoring/model.h"

namespace linchpin::identify {

// What a criterion sees of an account: nothing, a number, or the key of an option.
struct Input {
  std::optional<Units> number;  // in millionths
  std::string choice;

  bool missing() const { return !number && choice.empty(); }
  bool operator==(const Input&) const = default;
};

// Coverage below it is not enough data 资料不足 to move anybody up.
constexpr int sufficient_coverage = 70;  // percent
constexpr int full_history_months = 12;

struct ScoreInputs {
  std::vector<Input> of_criteria;  // in the order of the model's criteria
  std::string tier;                // the account's present one; empty = none
  bool short_history = false;      // less than full_history_months of sales
  std::string override_tier{};     // given by a person, whatever the points; empty = none
};

struct Contribution {
  bool counts = false;              // false: left out for want of data
  std::optional<std::size_t> band;  // none where data are missing
  Units points = 0;
  Units contribution = 0;  // to the composite, in its hundredths
};

struct Score {
  Units composite = 0;
  std::string tier;
  int coverage = 0;  // percent of the weight that has data, rounded down
  bool sufficient = false;
  std::vector<Contribution> contributions;  // add up to the composite exactly
};

Score score_account(const ScoringModel& model, const ScoreInputs& inputs);

// One criterion in a better band, and where that alone leads.
struct Lift {
  std::size_t criterion = 0;
  std::size_t band = 0;
  Units composite = 0;
  std::string tier;
};

// For every criterion the least better band that alone reaches a higher tier, the smallest step
// first; empty at the top and where no single criterion is enough.
std::vector<Lift> lifts_to_next_tier(const ScoringModel& model, const ScoreInputs& inputs);

}  // namespace linchpin::identify
