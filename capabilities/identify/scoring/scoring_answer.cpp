#include "identify/scoring/scoring_answer.h"

#include <algorithm>

#include "identify/answer_parts.h"

namespace linchpin::identify {

namespace {

void write_counts(JsonWriter& out, const ScoringModel& model, const Preview& preview) {
  out.key("accounts").integer(preview.accounts).key("up").integer(preview.up);
  out.key("down").integer(preview.down).key("insufficient").integer(preview.insufficient);
  out.key("tiers").begin_array();
  for (std::size_t i = 0; i < model.thresholds.size(); ++i) {
    out.begin_object().key("tier").string(model.thresholds[i].tier);
    out.key("before").integer(preview.tiers[i].before);
    out.key("after").integer(preview.tiers[i].after).end_object();
  }
  out.end_array().key("moves").begin_array();
  for (const auto& [move, count] : preview.moves) {
    out.begin_object();
    write_text(out, "from", move.first);
    write_text(out, "to", move.second);
    out.key("accounts").integer(count).end_object();
  }
  out.end_array().key("histogram").begin_array();
  for (const std::int64_t count : preview.histogram) out.integer(count);
  out.end_array();
}

// How many tiers an outcome rises (negative) or falls; 0 for who had none.
int fall_of(const ScoringModel& model, const ScoredOutcome& one) {
  const auto place = [&](std::string_view tier) {
    int at = 0;
    for (const Threshold& threshold : model.thresholds) {
      if (threshold.tier == tier) return at;
      ++at;
    }
    return -1;
  };
  const int before = place(one.tier_before);
  return before < 0 ? 0 : place(one.score.tier) - before;
}

std::vector<const ScoredOutcome*> movers_of(const ScoringModel& model, const Preview& preview) {
  std::vector<const ScoredOutcome*> movers;
  for (const ScoredOutcome& one : preview.movers) movers.push_back(&one);
  std::sort(movers.begin(), movers.end(), [&](const auto* left, const auto* right) {
    const int left_fall = fall_of(model, *left);
    const int right_fall = fall_of(model, *right);
    if ((left_fall > 0) != (right_fall > 0)) return left_fall > 0;
    if (std::abs(left_fall) != std::abs(right_fall)) {
      return std::abs(left_fall) > std::abs(right_fall);
    }
    return left->account < right->account;
  });
  return movers;
}

}  // namespace

Result<std::string> preview_answer(AccountLabels& labels, const ScoringModel& model,
                                   const Preview& preview, std::string_view load) {
  JsonWriter out;
  out.begin_object();
  write_counts(out, model, preview);
  std::vector<const ScoredOutcome*> movers = movers_of(model, preview);
  if (movers.size() > max_shown_movers) movers.resize(max_shown_movers);
  std::vector<RecordId> ids;
  for (const ScoredOutcome* one : movers) ids.push_back(one->account);
  LP_TRY(const std::vector<AccountLabel> names, labels.of(ids));
  out.key("movers").begin_array();
  for (std::size_t i = 0; i < movers.size(); ++i) {
    out.begin_object().key("account");
    write_account(out, ids[i], names[i]);
    write_text(out, "from", movers[i]->tier_before);
    write_text(out, "to", movers[i]->score.tier);
    write_decimal(out, "composite_before", movers[i]->composite_before, points_scale);
    write_decimal(out, "composite", movers[i]->score.composite, points_scale);
    out.end_object();
  }
  out.end_array().key("service_load").raw(load).end_object();
  return out.take();
}

std::string explanation_answer(const ModelOutcomes& scored, const std::vector<bool>& seen) {
  const ScoredAccount& account = scored.accounts.front();
  const Score& score = scored.outcomes.front().score;
  const ScoringModel& model = scored.model.model;
  JsonWriter out;
  out.begin_object().key("account").id(account.account).key("model").id(scored.model.id);
  out.key("version").integer(scored.model.version);
  write_decimal(out, "composite", score.composite, points_scale);
  write_text(out, "tier", score.tier);
  write_text(out, "tier_before", account.inputs.tier);
  write_text(out, "override_tier", account.inputs.override_tier);
  out.key("coverage").integer(score.coverage).key("sufficient").boolean(score.sufficient);
  json::value parts = kept_contributions(scored.model, account.inputs, score);
  for (std::size_t i = 0; i < seen.size(); ++i) {
    json::object& part = parts.as_array()[i].as_object();
    part["visible"] = bool{seen[i]};
    if (seen[i]) continue;
    for (const char* name : {"input", "band", "points", "counts", "contribution"}) {
      part[name] = nullptr;
    }
  }
  out.key("contributions").raw(json::serialize(parts));
  out.key("lifts").begin_array();
  for (const Lift& lift : lifts_to_next_tier(model, account.inputs)) {
    if (!seen[lift.criterion]) continue;
    const Criterion& criterion = model.criteria[lift.criterion];
    out.begin_object().key("key").string(criterion.key);
    out.key("band").integer(static_cast<std::int64_t>(lift.band));
    write_decimal(out, "composite", lift.composite, points_scale);
    write_text(out, "tier", lift.tier);
    out.end_object();
  }
  out.end_array().end_object();
  return out.take();
}

}  // namespace linchpin::identify
