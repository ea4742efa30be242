#include "identify/scoring/preview.h"

#include <algorithm>

namespace linchpin::identify {

namespace {

std::size_t tier_place(const ScoringModel& model, std::string_view tier) {
  const auto found =
      std::find_if(model.thresholds.begin(), model.thresholds.end(),
                   [&](const Threshold& threshold) { return threshold.tier == tier; });
  return static_cast<std::size_t>(found - model.thresholds.begin());
}

}  // namespace

std::vector<ScoredOutcome> score_all(const ScoringModel& model,
                                     const std::vector<ScoredAccount>& accounts) {
  std::vector<ScoredOutcome> outcomes;
  outcomes.reserve(accounts.size());
  for (const ScoredAccount& one : accounts) {
    outcomes.push_back(
        {one.account, one.inputs.tier, one.composite_before, score_account(model, one.inputs)});
  }
  return outcomes;
}

Preview preview_of(const ScoringModel& model, const std::vector<ScoredOutcome>& outcomes) {
  Preview preview;
  preview.tiers.resize(model.thresholds.size());
  for (const ScoredOutcome& one : outcomes) {
    ++preview.accounts;
    if (!one.score.sufficient) ++preview.insufficient;
    const auto bar = static_cast<std::size_t>(one.score.composite * 10 / full_points);
    ++preview.histogram[std::min(bar, histogram_bars - 1)];
    const std::size_t before = tier_place(model, one.tier_before);
    const std::size_t after = tier_place(model, one.score.tier);
    ++preview.tiers[after].after;
    if (before < preview.tiers.size()) {
      ++preview.tiers[before].before;
      if (after < before) ++preview.up;
      if (after > before) ++preview.down;
    }
    if (before != after) {
      const bool known = before < preview.tiers.size();
      ++preview.moves[{known ? one.tier_before : std::string(), one.score.tier}];
    }
  }
  return preview;
}

}  // namespace linchpin::identify
