#include "identify/scoring/rescore.h"

#include <gtest/gtest.h>

#include <random>

#include "all_capabilities.h"
#include "identify/scoring/read_model.h"
#include "records/test_workspace.h"

namespace linchpin::identify {
namespace {

// An account buys or not, in a tier or in none; then a model is previewed and published.
class Scoring {
 public:
  Scoring()
      : workspace(add_capability_rules), runner(workspace.database(), workspace.clock(), ids) {
    EXPECT_TRUE(workspace.database().write(jobs::Jobs::ensure_tables));
    add_rescore_kind(runner, workspace.records(), workspace.clock());
  }

  RecordId account(const std::string& code, const std::string& rest) {
    return workspace.create("account", R"({"code":")" + code + R"(","name":")" + code + "\"" +
                                           (rest.empty() ? "" : "," + rest) + "}");
  }
  void sale(RecordId account, const std::string& amount) {
    workspace.create("order_line", R"({"account":")" + format_id(account) +
                                       R"(","ordered_on":"2026-05-01","quantity":"1",)" +
                                       R"("unit_price":")" + amount + "\"}");
  }
  RecordId model(const std::string& parts) {
    return workspace.create("scoring_model", R"({"name":"M")" + parts + "}");
  }
  void publish(RecordId id) {
    auto published = workspace.database().read([&](storage::Connection& connection) {
      return draft_model(workspace.records(), connection, workspace.admin(), id);
    });
    ASSERT_TRUE(published);
    ASSERT_TRUE(workspace.database().write([&](storage::Connection& connection) -> Status {
      records::BulkSlice slice(workspace.records(), connection, workspace.admin(), {});
      LP_TRY(const std::int64_t number, publish_model(slice, *published, workspace.clock().now()));
      EXPECT_EQ(number, published->version + 1);
      return slice.finish();
    }));
  }
  std::vector<ScoredOutcome> previewed(RecordId id) {
    using Answer = Result<std::vector<ScoredOutcome>>;
    auto outcomes = workspace.database().snapshot([&](storage::Connection& connection) -> Answer {
      LP_TRY(const StoredModel model,
             draft_model(workspace.records(), connection, workspace.admin(), id));
      std::vector<ScoredOutcome> all;
      LP_CHECK(visit_score_inputs(
          {workspace.records(), connection, workspace.admin(), std::nullopt}, model.model,
          model.scope, workspace.records().today(),
          [&](const ScoredAccount& account) { all.push_back(score_one(model.model, account)); }));
      return all;
    });
    EXPECT_TRUE(outcomes);
    return outcomes ? *outcomes : std::vector<ScoredOutcome>();
  }
  json::object rescore() {
    auto job = runner.run_now(rescore_kind, {}, {}, {});
    EXPECT_TRUE(job && job->state == jobs::JobState::done);
    return job ? job->result : json::object();
  }

  records::TestWorkspace workspace;
  IdGenerator ids{workspace.clock(), 2};
  jobs::Jobs runner;
};

constexpr const char* by_size_and_sales =
    R"(,"criteria":[{"key":"size","field":"employees","weight":"40","bands":[
      {"to":"100","points":"0"},{"from":"100","to":"1000","points":"50"},
      {"from":"1000","points":"100"}]},
    {"key":"sales","measure":"net_sales","weight":"60","bands":[
      {"to":"10","points":"10"},{"from":"10","points":"90"}]}],
    "thresholds":[{"tier":"key","from":"70"},{"tier":"growth","from":"30"},
                  {"tier":"base","from":"0"}])";

TEST(Rescore, WritesOnlyWhatChanges) {
  Scoring scoring;
  const RecordId large = scoring.account("A1", R"("employees":5000)");
  scoring.sale(large, "100");
  scoring.account("B1", R"("employees":10)");
  scoring.publish(scoring.model(by_size_and_sales));
  EXPECT_EQ(scoring.rescore().at("changed"), 2);
  EXPECT_EQ(scoring.workspace.read("account", large).at("tier"), "key");
  EXPECT_EQ(scoring.workspace.read("account", large).at("score"), "94.00");
  EXPECT_EQ(scoring.rescore().at("changed"), 0);
  scoring.sale(large, "-100");  // nothing is left of the sales, but they were
  EXPECT_EQ(scoring.rescore().at("changed"), 1);
  EXPECT_EQ(scoring.workspace.read("account", large).at("score"), "46.00");
  EXPECT_EQ(scoring.workspace.fact_differences("order_line"), 0U);
}

TEST(Rescore, OfTwoModelsTheLaterOneCounts) {
  Scoring scoring;
  const RecordId bank = scoring.account("A1", R"("employees":10,"sector":"finance")");
  scoring.publish(scoring.model(by_size_and_sales));
  scoring.workspace.clock().advance(1'000);
  scoring.publish(scoring.workspace.create(
      "scoring_model",
      R"({"name":"Banks","scope":{"op":"eq","field":"sector","value":"finance"},
          "criteria":[{"key":"all","field":"employees","weight":"1","bands":[{"points":"99"}]}],
          "thresholds":[{"tier":"strategic","from":"90"},{"tier":"base","from":"0"}]})"));
  const RecordId other = scoring.account("B1", R"("employees":10,"sector":"telecom")");
  scoring.rescore();
  EXPECT_EQ(scoring.workspace.read("account", bank).at("tier"), "strategic");
  EXPECT_EQ(scoring.workspace.read("account", other).at("tier"), "base");
}

// What a model was published with may be gone later: nobody else is held up, and whom it covers
// stays as he is instead of going by another model.
TEST(Rescore, AModelThatCannotBeReadHoldsUpNoOther) {
  Scoring scoring;
  const RecordId bank = scoring.account("A1", R"("employees":10,"sector":"finance")");
  const RecordId other = scoring.account("B1", R"("employees":10,"sector":"telecom")");
  scoring.publish(scoring.model(by_size_and_sales));
  const RecordId broken = scoring.workspace.create(
      "scoring_model",
      R"({"name":"Banks","criteria":[{"key":"all","field":"employees","weight":"1",
          "bands":[{"points":"99"}]}],"thresholds":[{"tier":"base","from":"0"}]})");
  ASSERT_TRUE(scoring.workspace.database().write([&](storage::Connection& connection) -> Status {
    const json::object definition = *parse_json_object(
        R"({"scope":{"op":"eq","field":"sector","value":"finance"},"criteria":[{"key":"l",
            "measure":"luck","weight":"1","bands":[{"points":"1"}]}],
            "thresholds":[{"tier":"base","from":"0"}]})");
    records::BulkSlice slice(scoring.workspace.records(), connection, scoring.workspace.admin(),
                             {});
    const records::Object& versions = *slice.object("scoring_version");
    records::RowValues row(versions.fields.size());
    row[versions.field("model")->index] = broken.value;
    row[versions.field("number")->index] = std::int64_t{1};
    row[versions.field("definition")->index] = json::serialize(definition);
    LP_TRY(const RecordId made, slice.create(versions, row));
    if (!made) return Error::internal("no version was made");
    const records::Object& models = *slice.object("scoring_model");
    LP_CHECK(slice.update(models, broken,
                          {{models.field("state"), std::string("published")},
                           {models.field("model_version"), std::int64_t{1}},
                           {models.field("published_at"), scoring.workspace.clock().now() + 1}}));
    return slice.finish();
  }));
  const json::object result = scoring.rescore();
  EXPECT_EQ(result.at("models_not_read"), 1);
  EXPECT_EQ(result.at("changed"), 1);
  EXPECT_EQ(scoring.workspace.read("account", other).at("tier"), "base");
  EXPECT_EQ(scoring.workspace.read("account", bank).at("tier"), nullptr);
}

// A result keeps its inputs and its version: computed again it is what it was.
TEST(Rescore, AnOldScoreReplays) {
  Scoring scoring;
  const RecordId account = scoring.account("A1", R"("employees":500)");
  scoring.sale(account, "100");
  const RecordId id = scoring.model(by_size_and_sales);
  scoring.publish(id);
  scoring.rescore();
  EXPECT_TRUE(scoring.workspace.patch("account", account, 2, R"({"employees":5000})"));
  EXPECT_TRUE(scoring.workspace.patch("scoring_model", id, 2, R"({"margin":"1"})"));
  scoring.publish(id);
  scoring.rescore();
  records::QueryRequest query;
  query.select = {"model_version", "composite", "contributions", "tier", "tier_before"};
  query.sort = *parse_json(R"([{"field":"at"},{"field":"id"}])");
  const auto results = scoring.workspace.query("score_result", query);
  ASSERT_TRUE(results);
  const json::array& kept = results->at("records").as_array();
  ASSERT_EQ(kept.size(), 2U);
  for (const json::value& record : kept) {
    const json::object& fields = record.at("fields").as_object();
    const auto model = scoring.workspace.database().read([&](storage::Connection& connection) {
      return published_version(scoring.workspace.records(), connection, scoring.workspace.admin(),
                               id, fields.at("model_version").as_int64());
    });
    ASSERT_TRUE(model);
    ScoreInputs inputs;
    for (const json::value& part : fields.at("contributions").as_array()) {
      inputs.of_criteria.push_back(
          {*parse_decimal(std::string_view(part.at("input").as_string()), value_scale), {}});
    }
    const json::value& before = fields.at("tier_before");
    if (before.is_string()) inputs.tier = before.as_string();
    const Score again = score_account(model->model, inputs);
    EXPECT_EQ(format_decimal(again.composite, points_scale),
              std::string(fields.at("composite").as_string()));
    EXPECT_EQ(again.tier, std::string(fields.at("tier").as_string()));
  }
}

TEST(Rescore, WhatThePreviewAnnouncesIsWhatHappens) {
  for (unsigned seed = 1; seed <= 5; ++seed) {
    std::mt19937 random(seed);
    const auto one_of = [&](const std::vector<std::string>& choices) {
      return choices[random() % choices.size()];
    };
    Scoring scoring;
    for (int i = 0; i < 20; ++i) {
      std::string rest = R"("employees":)" + one_of({"10", "99", "100", "500", "1000", "9000"});
      const std::string tier = one_of({"", "key", "growth", "base", "strategic"});
      if (!tier.empty()) rest += R"(,"tier":")" + tier + "\"";
      const RecordId id = scoring.account("A" + std::to_string(i), rest);
      if (random() % 2 == 0) scoring.sale(id, one_of({"-5", "3", "9.9999", "10", "30"}));
    }
    const RecordId model = scoring.model(by_size_and_sales);
    const std::vector<ScoredOutcome> announced = scoring.previewed(model);
    ASSERT_EQ(announced.size(), 20U);
    scoring.publish(model);
    scoring.rescore();
    for (const ScoredOutcome& one : announced) {
      const json::object stored = scoring.workspace.read("account", one.account);
      EXPECT_EQ(stored.at("tier"), json::string(one.score.tier));
      EXPECT_EQ(stored.at("score"),
                json::string(format_decimal(one.score.composite, points_scale)));
    }
    for (const ScoredOutcome& one : scoring.previewed(model)) EXPECT_FALSE(one.changed());
  }
}

}  // namespace
}  // namespace linchpin::identify
