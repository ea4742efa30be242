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

ScoredOutcome score_one(const ScoringModel& model, const ScoredAccount& account) {
  return {account.account, account.inputs.tier, account.composite_before,
          score_account(model, account.inputs)};
}

void add_to_preview(Preview& preview, const ScoringModel& model, ScoredOutcome one) {
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
    const std::string from = known ? one.tier_before : std::string();
    ++preview.moves[{from, one.score.tier}];
    if (preview.kept_moves.size() < max_kept_moves) {
      preview.kept_moves.push_back({one.account, from, one.score.tier});
    }
    if (!known) return;
    one.score.contributions = {};
    preview.movers.push_back(std::move(one));
  }
}

}  // namespace linchpin::identify
