#include "identify/scoring/score.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "identify/scoring/read_model.h"

namespace linchpin::identify {
namespace {

// Sales up to 100, 1,000 and above; the kind of owner.
constexpr const char* two_criteria = R"({
  "criteria":[
    {"key":"sales","measure":"net_sales","months":12,"weight":"60","bands":[
      {"to":"100","points":"0"},{"from":"100","to":"1000","points":"50"},
      {"from":"1000","points":"100"}]},
    {"key":"owner","field":"ownership_type","weight":"40","bands":[
      {"in":["central_soe","local_soe"],"points":"100"},{"points":"25"}]}],
  "thresholds":[{"tier":"key","from":"70"},{"tier":"growth","from":"40"},
                {"tier":"base","from":"0"}]})";

ScoringModel model_of(const std::string& text) {
  auto model = read_model(*parse_json_object(text));
  if (!model) ADD_FAILURE() << model.error().problems.front().pointer;
  return model ? *model : ScoringModel();
}

Input number(const char* text) {
  return {*parse_decimal(text, value_scale), {}};
}
Input choice(const char* key) {
  return {std::nullopt, key};
}

std::string composite(const Score& score) {
  return format_decimal(score.composite, points_scale);
}

TEST(Score, BandsWeightsAndContributions) {
  const ScoringModel model = model_of(two_criteria);
  const Score score = score_account(model, {{number("999.999999"), choice("private")}, "", false});
  EXPECT_EQ(composite(score), "40.00");  // (60 · 50 + 40 · 25) / 100
  EXPECT_EQ(score.contributions[0].contribution, 3'000);
  EXPECT_EQ(score.contributions[1].contribution, 1'000);
  EXPECT_EQ(score.tier, "growth");
  EXPECT_EQ(score.coverage, 100);
  // A band begins with its lower end.
  const Score more = score_account(model, {{number("1000"), choice("local_soe")}, "", false});
  EXPECT_EQ(composite(more), "100.00");
  EXPECT_EQ(more.tier, "key");
}

TEST(Score, MissingDataFollowTheirRule) {
  const ScoringModel model = model_of(two_criteria);
  // A field counts as zero and keeps its weight.
  const Score no_owner = score_account(model, {{number("1000"), {}}, "", false});
  EXPECT_EQ(composite(no_owner), "60.00");
  EXPECT_EQ(no_owner.coverage, 60);
  EXPECT_FALSE(no_owner.contributions[1].band);
  EXPECT_TRUE(no_owner.contributions[1].counts);
  // A measure of a young customer is left out, of an old one it counts as zero.
  const Score young = score_account(model, {{{}, choice("central_soe")}, "", true});
  EXPECT_EQ(composite(young), "100.00");
  EXPECT_FALSE(young.contributions[0].counts);
  const Score old = score_account(model, {{{}, choice("central_soe")}, "", false});
  EXPECT_EQ(composite(old), "40.00");
  const Score nothing = score_account(model, {{{}, {}}, "", true});
  EXPECT_EQ(composite(nothing), "0.00");
  EXPECT_EQ(nothing.coverage, 0);
}

TEST(Score, ThinDataMoveNobodyUp) {
  const ScoringModel model = model_of(two_criteria);
  const ScoreInputs thin{{{}, choice("central_soe")}, "base", true};
  EXPECT_FALSE(score_account(model, thin).sufficient);
  EXPECT_EQ(score_account(model, thin).tier, "base");
  ScoreInputs without_tier = thin;
  without_tier.tier = "";
  EXPECT_EQ(score_account(model, without_tier).tier, "base");
}

TEST(Score, NobodyFlickersAtAThreshold) {
  const ScoringModel model = model_of(R"({
    "criteria":[{"key":"size","field":"employees","weight":"1","bands":[
      {"to":"10","points":"36.99"},{"from":"10","to":"20","points":"37"},
      {"from":"20","to":"30","points":"39.99"},{"from":"30","points":"40"}]}],
    "thresholds":[{"tier":"growth","from":"40"},{"tier":"base","from":"0"}]})");
  const auto tier = [&](const char* employees, const char* present) {
    return score_account(model, {{number(employees)}, present, false}).tier;
  };
  EXPECT_EQ(tier("25", ""), "base");
  EXPECT_EQ(tier("25", "growth"), "growth");
  EXPECT_EQ(tier("15", "growth"), "growth");  // 37 = 40 − 3 is not below
  EXPECT_EQ(tier("5", "growth"), "base");
  EXPECT_EQ(tier("30", "base"), "growth");
}

TEST(Score, ATierThatAPersonGaveHoldsWhateverThePoints) {
  const ScoringModel model = model_of(two_criteria);
  ScoreInputs inputs{{number("500"), choice("private")}, "growth", false};
  const Score by_points = score_account(model, inputs);
  inputs.override_tier = "key";
  const Score given = score_account(model, inputs);
  EXPECT_EQ(given.tier, "key");
  EXPECT_EQ(given.composite, by_points.composite);
  inputs.override_tier = "a tier that the model does not know";
  EXPECT_EQ(score_account(model, inputs).tier, by_points.tier);
}

TEST(Score, WhatLiftsItToTheNextTier) {
  const ScoringModel model = model_of(two_criteria);
  const ScoreInputs inputs{{number("500"), choice("private")}, "growth", false};  // 40
  const std::vector<Lift> lifts = lifts_to_next_tier(model, inputs);
  ASSERT_EQ(lifts.size(), 2U);
  EXPECT_EQ(lifts[0].criterion, 0U);
  EXPECT_EQ(lifts[0].band, 2U);
  EXPECT_EQ(lifts[0].composite, 7'000);
  EXPECT_EQ(lifts[0].tier, "key");
  EXPECT_EQ(lifts[1].criterion, 1U);
  EXPECT_EQ(lifts[1].composite, 7'000);
  const ScoreInputs top{{number("5000"), choice("central_soe")}, "key", false};
  EXPECT_TRUE(lifts_to_next_tier(model, top).empty());
}

struct Fault {
  std::string pointer;
  std::string code;
  bool operator==(const Fault&) const = default;
};

Fault fault_of(const std::string& bands,
               const std::string& thresholds = R"([{"tier":"base","from":"0"}])") {
  const auto model = read_model(
      *parse_json_object(R"({"criteria":[{"key":"a","field":"employees","weight":"1","bands":)" +
                         bands + R"(}],"thresholds":)" + thresholds + "}"));
  if (model) return {};
  return {model.error().problems.front().pointer, model.error().problems.front().code};
}

TEST(ReadModel, GapsAndOverlapsAreRefusedWithTheirPlace) {
  const std::string at = "/criteria/0/bands/";
  EXPECT_EQ(fault_of(R"([{"points":"1"}])"), Fault());
  EXPECT_EQ(fault_of(R"([{"to":"5","points":"1"},{"from":"6","points":"2"}])"),
            (Fault{at + "1/from", "band_gap"}));
  EXPECT_EQ(fault_of(R"([{"to":"5","points":"1"},{"from":"4","points":"2"}])"),
            (Fault{at + "1/from", "band_overlap"}));
  EXPECT_EQ(fault_of(R"([{"from":"0","points":"1"}])"), (Fault{at + "0/from", "band_gap"}));
  EXPECT_EQ(fault_of(R"([{"to":"5","points":"1"}])"), (Fault{at + "0/to", "band_gap"}));
  EXPECT_EQ(fault_of(R"([{"points":"1"},{"from":"5","points":"2"}])"),
            (Fault{at + "0/to", "band_endless"}));
  EXPECT_EQ(fault_of(R"([{"to":"5","points":"1"},{"from":"5","to":"5","points":"2"}])"),
            (Fault{at + "1/to", "band_empty"}));
  EXPECT_EQ(fault_of(R"([{"points":"101"}])"), (Fault{at + "0/points", "out_of_range"}));
  EXPECT_EQ(fault_of(R"([{"in":["a"],"points":"1"}])"),
            (Fault{"/criteria/0/bands", "choices_not_covered"}));
  EXPECT_EQ(fault_of(R"([{"in":["a"],"points":"1"},{"in":["a"],"points":"2"},{"points":"0"}])"),
            (Fault{at + "1/in/0", "choice_twice"}));
}

TEST(ReadModel, ThresholdsDescendToZero) {
  const std::string band = R"([{"points":"1"}])";
  EXPECT_EQ(fault_of(band, R"([{"tier":"a","from":"50"},{"tier":"b","from":"50"}])"),
            (Fault{"/thresholds/1/from", "thresholds_not_descending"}));
  EXPECT_EQ(fault_of(band, R"([{"tier":"a","from":"50"}])"),
            (Fault{"/thresholds/0/from", "thresholds_end_above_zero"}));
  EXPECT_EQ(fault_of(band, R"([{"tier":"a","from":"50"},{"tier":"a","from":"0"}])"),
            (Fault{"/thresholds/1/tier", "duplicate_value"}));
}

ScoringModel some_model() {
  ScoringModel model;
  const auto count = *rc::gen::inRange<std::size_t>(1, 8);
  for (std::size_t i = 0; i < count; ++i) {
    Criterion criterion;
    criterion.key = std::to_string(i);
    if (*rc::gen::arbitrary<bool>()) {
      criterion.field = "employees";
    } else {
      criterion.measure = "net_sales";
    }
    criterion.weight = *rc::gen::inRange<Units>(1, full_points + 1);
    criterion.missing =
        *rc::gen::element(MissingRule::by_kind, MissingRule::zero, MissingRule::leave_out);
    for (int band = 0; band < 4; ++band) {
      NumberBand one;
      if (band > 0) one.from = band * 10;
      if (band < 3) one.to = band * 10 + 10;
      one.points = *rc::gen::inRange<Units>(0, full_points + 1);
      criterion.numbers.push_back(one);
    }
    model.criteria.push_back(std::move(criterion));
  }
  model.thresholds = {{"high", 6'000}, {"middle", 3'000}, {"low", 0}};
  model.margin = 300;
  return model;
}

ScoreInputs some_inputs(const ScoringModel& model) {
  ScoreInputs inputs;
  for (std::size_t i = 0; i < model.criteria.size(); ++i) {
    Input input;
    if (*rc::gen::inRange(0, 4) > 0) input.number = *rc::gen::inRange<Units>(-5, 45);
    inputs.of_criteria.push_back(input);
  }
  inputs.tier = *rc::gen::element(std::string(), std::string("high"), std::string("low"));
  inputs.short_history = *rc::gen::arbitrary<bool>();
  return inputs;
}

RC_GTEST_PROP(ScoreProperty, ContributionsAddUpExactly, ()) {
  const ScoringModel model = some_model();
  const Score score = score_account(model, some_inputs(model));
  Units sum = 0;
  for (const Contribution& part : score.contributions) {
    RC_ASSERT(part.contribution >= 0);
    RC_ASSERT(part.points > 0 || part.contribution == 0);
    sum += part.contribution;
  }
  RC_ASSERT(sum == score.composite);
  RC_ASSERT(score.composite >= 0 && score.composite <= full_points);
}

RC_GTEST_PROP(ScoreProperty, ALiftReachesTheTierThatItNames, ()) {
  const ScoringModel model = some_model();
  const ScoreInputs inputs = some_inputs(model);
  const Score now = score_account(model, inputs);
  for (const Lift& lift : lifts_to_next_tier(model, inputs)) {
    ScoreInputs changed = inputs;
    changed.of_criteria[lift.criterion].number = static_cast<Units>(lift.band) * 10 + 5;
    const Score then = score_account(model, changed);
    RC_ASSERT(then.composite == lift.composite);
    RC_ASSERT(then.tier == lift.tier);
    RC_ASSERT(then.tier != now.tier);
  }
}

RC_GTEST_PROP(ScoreProperty, TheSameScoreTwiceKeepsTheTier, ()) {
  const ScoringModel model = some_model();
  ScoreInputs inputs = some_inputs(model);
  inputs.tier = score_account(model, inputs).tier;
  RC_ASSERT(score_account(model, inputs).tier == inputs.tier);
}

}  // namespace
}  // namespace linchpin::identify
