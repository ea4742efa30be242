#pragma once

// What a model would do to all accounts: how they spread over tiers and who moves. Publishing does
// exactly this, because both go by the same scores. Pure arithmetic.

#include <array>
#include <map>
#include <vector>

#include "identify/scoring/read_inputs.h"

namespace linchpin::identify {

constexpr std::size_t histogram_bars = 10;  // of ten points each; 100 is in the last

struct ScoredOutcome {
  RecordId account;
  std::string tier_before;
  std::optional<Units> composite_before;
  Score score;

  bool changed() const { return tier_before != score.tier || composite_before != score.composite; }
};

ScoredOutcome score_one(const ScoringModel& model, const ScoredAccount& account);

constexpr std::size_t max_kept_moves = 20'000;

struct TierMove {
  RecordId account;
  std::string from;  // empty = none, or one that the model does not know
  std::string to;
};

struct TierCount {
  std::int64_t before = 0;
  std::int64_t after = 0;
};

struct Preview {
  explicit Preview(const ScoringModel& model) : tiers(model.thresholds.size()) {}

  std::int64_t accounts = 0;
  std::int64_t insufficient = 0;  // not enough data
  std::int64_t up = 0;
  std::int64_t down = 0;
  std::vector<TierCount> tiers;  // in the order of the thresholds
  // Tier before and after; an empty one = none, or one that the model does not know.
  std::map<std::pair<std::string, std::string>, std::int64_t> moves;
  std::array<std::int64_t, histogram_bars> histogram{};
  std::vector<ScoredOutcome> movers;  // up and down, without their contributions
  std::vector<TierMove> kept_moves;   // the first of all who get another tier
};

// Account by account, because there may be a million of them.
void add_to_preview(Preview& preview, const ScoringModel& model, ScoredOutcome outcome);

}  // namespace linchpin::identify
