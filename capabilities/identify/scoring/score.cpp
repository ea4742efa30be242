#include "identify/scoring/score.h"

#include <algorithm>

namespace linchpin::identify {

namespace {

std::optional<std::size_t> band_of(const Criterion& criterion, const Input& input) {
  if (input.missing()) return std::nullopt;
  for (std::size_t i = 0; i < criterion.numbers.size(); ++i) {
    const NumberBand& band = criterion.numbers[i];
    if (input.number && (!band.to || *input.number < *band.to)) return i;
  }
  for (std::size_t i = 0; i < criterion.choices.size(); ++i) {
    const auto& keys = criterion.choices[i].keys;
    if (keys.empty() || std::find(keys.begin(), keys.end(), input.choice) != keys.end()) return i;
  }
  return std::nullopt;
}

Units points_of(const Criterion& criterion, std::size_t band) {
  return criterion.numbers.empty() ? criterion.choices[band].points
                                   : criterion.numbers[band].points;
}

bool is_left_out(const Criterion& criterion, bool short_history) {
  if (criterion.missing == MissingRule::by_kind) {
    return !criterion.measure.empty() && short_history;
  }
  return criterion.missing == MissingRule::leave_out;
}

// Shares a composite out so that the parts add up: each its hundredths rounded down, the rest by
// one to those that lost most, the earlier ones first.
void share_out(const ScoringModel& model, WideUnits weights, Score& score) {
  std::vector<std::pair<WideUnits, std::size_t>> lost;
  Units given = 0;
  for (std::size_t i = 0; i < model.criteria.size(); ++i) {
    Contribution& part = score.contributions[i];
    if (!part.counts) continue;
    const WideUnits product = static_cast<WideUnits>(part.points) * model.criteria[i].weight;
    part.contribution = static_cast<Units>(product / weights);
    given += part.contribution;
    lost.emplace_back(-(product % weights), i);
  }
  std::sort(lost.begin(), lost.end());
  for (std::size_t i = 0; given < score.composite && i < lost.size(); ++i, ++given) {
    ++score.contributions[lost[i].second].contribution;
  }
}

// How far down a tier stands; the number of tiers for one that the model does not know.
std::size_t tier_place_of(const ScoringModel& model, std::string_view tier) {
  std::size_t place = 0;
  while (place < model.thresholds.size() && model.thresholds[place].tier != tier) ++place;
  return place;
}

std::string tier_of(const ScoringModel& model, const Score& score, std::string_view present) {
  std::size_t reached = 0;
  while (score.composite < model.thresholds[reached].from) ++reached;
  const std::size_t now = tier_place_of(model, present);
  const std::size_t lowest = model.thresholds.size() - 1;
  if (now > lowest) return model.thresholds[score.sufficient ? reached : lowest].tier;
  if (reached < now) return model.thresholds[score.sufficient ? reached : now].tier;
  if (reached > now && score.composite >= model.thresholds[now].from - model.margin) reached = now;
  return model.thresholds[reached].tier;
}

Units distance(const Criterion& criterion, const Input& input, std::size_t band) {
  if (criterion.numbers.empty() || !input.number) return 0;
  const NumberBand& aim = criterion.numbers[band];
  if (aim.from && *input.number < *aim.from) return *aim.from - *input.number;
  return aim.to ? *input.number - *aim.to : 0;
}

Input inside(const Criterion& criterion, std::size_t band) {
  Input input;
  if (criterion.numbers.empty()) {
    const auto& keys = criterion.choices[band].keys;
    input.choice = keys.empty() ? "other" : keys.front();
  } else if (criterion.numbers[band].from) {
    input.number = criterion.numbers[band].from;
  } else {
    input.number = criterion.numbers[band].to ? *criterion.numbers[band].to - 1 : 0;
  }
  return input;
}

}  // namespace

Score score_account(const ScoringModel& model, const ScoreInputs& inputs) {
  Score score;
  score.contributions.resize(model.criteria.size());
  WideUnits weighted = 0;
  WideUnits counted = 0;
  WideUnits with_data = 0;
  WideUnits all = 0;
  for (std::size_t i = 0; i < model.criteria.size(); ++i) {
    const Criterion& criterion = model.criteria[i];
    Contribution& part = score.contributions[i];
    all += criterion.weight;
    part.band = band_of(criterion, inputs.of_criteria[i]);
    if (part.band) {
      part.points = points_of(criterion, *part.band);
      with_data += criterion.weight;
    }
    part.counts = part.band.has_value() || !is_left_out(criterion, inputs.short_history);
    if (!part.counts) continue;
    counted += criterion.weight;
    weighted += static_cast<WideUnits>(part.points) * criterion.weight;
  }
  score.coverage = static_cast<int>(with_data * 100 / all);
  score.sufficient = with_data * 100 >= all * sufficient_coverage;
  if (counted > 0) {
    score.composite = static_cast<Units>(divide_half_even(weighted, counted));
    share_out(model, counted, score);
  }
  const bool is_given = tier_place_of(model, inputs.override_tier) < model.thresholds.size();
  score.tier = is_given ? inputs.override_tier : tier_of(model, score, inputs.tier);
  return score;
}

std::vector<Lift> lifts_to_next_tier(const ScoringModel& model, const ScoreInputs& inputs) {
  const Score now = score_account(model, inputs);
  const std::size_t place = tier_place_of(model, now.tier);
  struct Candidate {
    Units step;
    Lift lift;
  };
  std::vector<Candidate> found;
  for (std::size_t i = 0; i < model.criteria.size(); ++i) {
    const Criterion& criterion = model.criteria[i];
    std::optional<Candidate> best;
    const std::size_t bands = std::max(criterion.numbers.size(), criterion.choices.size());
    for (std::size_t band = 0; band < bands; ++band) {
      const Units gained = points_of(criterion, band) - now.contributions[i].points;
      if (gained <= 0) continue;
      ScoreInputs changed = inputs;
      changed.of_criteria[i] = inside(criterion, band);
      const Score then = score_account(model, changed);
      if (tier_place_of(model, then.tier) >= place) continue;
      const Units step = distance(criterion, inputs.of_criteria[i], band);
      const bool better = !best || step < best->step ||
                          (step == best->step && then.composite < best->lift.composite);
      if (better) best = Candidate{step, Lift{i, band, then.composite, then.tier}};
    }
    if (best) found.push_back(*best);
  }
  std::stable_sort(found.begin(), found.end(), [](const Candidate& left, const Candidate& right) {
    return left.lift.composite < right.lift.composite;
  });
  std::vector<Lift> lifts;
  for (const Candidate& candidate : found) lifts.push_back(candidate.lift);
  return lifts;
}

}  // namespace linchpin::identify
