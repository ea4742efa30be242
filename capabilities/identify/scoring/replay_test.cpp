// Properties of whole scorings: what a preview announces is what publishing does, and every result
// that was kept gives the same score when it is computed again.

#include <gtest/gtest.h>

#include <random>

#include "all_capabilities.h"
#include "identify/scoring/overrides.h"
#include "identify/scoring/rescore.h"
#include "records/test_workspace.h"

namespace linchpin::identify {
namespace {

constexpr int companies = 6;
constexpr int accounts_of_each = 24;

// A company with random customers, models and tiers given by hand.
class ScoredCompany {
 public:
  explicit ScoredCompany(unsigned seed)
      : random_(seed),
        workspace(add_capability_rules),
        runner_(workspace.database(), workspace.clock(), ids_) {
    EXPECT_TRUE(workspace.database().write(jobs::Jobs::ensure_tables));
    add_rescore_kind(runner_, workspace.records(), workspace.clock());
    boss_ = workspace.create("user", R"({"name":"Boss","login":"boss"})");
    for (int i = 0; i < accounts_of_each; ++i) add_account(i);
  }

  RecordId draft(const std::string& name) {
    return workspace.create("scoring_model", R"({"name":")" + name + "\"," + definition() + "}");
  }
  void redraft(RecordId model) {
    const json::object now = workspace.read("scoring_model", model);
    records::Patch patch;
    patch.fields = *parse_json_object("{" + definition() + "}");
    patch.any_version = true;
    EXPECT_TRUE(workspace.records().update(workspace.admin(), "scoring_model", model, patch, {}));
  }
  std::vector<ScoredOutcome> preview(RecordId model) {
    using Answer = Result<std::vector<ScoredOutcome>>;
    auto outcomes = workspace.database().snapshot([&](storage::Connection& connection) -> Answer {
      LP_TRY(const StoredModel draft,
             draft_model(workspace.records(), connection, workspace.admin(), model));
      std::vector<ScoredOutcome> all;
      LP_CHECK(visit_score_inputs(
          {workspace.records(), connection, workspace.admin(), std::nullopt}, draft.model,
          draft.scope, workspace.records().today(),
          [&](const ScoredAccount& account) { all.push_back(score_one(draft.model, account)); }));
      return all;
    });
    EXPECT_TRUE(outcomes);
    return outcomes ? *outcomes : std::vector<ScoredOutcome>();
  }
  void publish(RecordId model) {
    ASSERT_TRUE(workspace.database().write([&](storage::Connection& connection) -> Status {
      LP_TRY(const StoredModel draft,
             draft_model(workspace.records(), connection, workspace.admin(), model));
      records::BulkSlice slice(workspace.records(), connection, workspace.admin(), {});
      LP_CHECK(publish_model(slice, draft, workspace.clock().now()));
      return slice.finish();
    }));
    workspace.clock().advance(1'000);
    const auto job = runner_.run_now(rescore_kind, {}, {}, {});
    ASSERT_TRUE(job && job->state == jobs::JobState::done);
  }
  // Somebody buys, grows, or is given a tier.
  void live_on() {
    workspace.clock().advance(86'400'000);
    for (int i = 0; i < 5; ++i) {
      const RecordId account = accounts_[random_() % accounts_.size()];
      if (below(2) == 0) sell(account);
      if (below(3) == 0) give_tier(account);
    }
  }

  std::mt19937 random_;
  records::TestWorkspace workspace;

 private:
  std::size_t below(std::size_t limit) { return random_() % limit; }
  std::string one_of(const std::vector<std::string>& choices) {
    return choices[below(choices.size())];
  }

  void add_account(int number) {
    std::string fields = R"("code":"A)" + std::to_string(number) + R"(","name":"N")";
    if (below(4) > 0) fields += R"(,"employees":)" + one_of({"10", "99", "100", "5000"});
    if (below(4) > 0) fields += R"(,"ownership_type":")" + one_of({"private", "foreign"}) + "\"";
    if (below(2) > 0) fields += R"(,"sector":")" + one_of({"finance", "telecom"}) + "\"";
    if (below(2) > 0) fields += R"(,"tier":")" + one_of({"key", "growth", "base"}) + "\"";
    accounts_.push_back(workspace.create("account", "{" + fields + "}"));
    if (below(2) > 0) sell(accounts_.back());
  }
  void sell(RecordId account) {
    workspace.create("order_line", R"({"account":")" + format_id(account) + R"(","ordered_on":")" +
                                       one_of({"2024-03-01", "2025-11-01", "2026-05-01"}) +
                                       R"(","quantity":"1","unit_price":")" +
                                       one_of({"-5", "3", "9.9999", "10", "30"}) + "\"}");
  }
  void give_tier(RecordId account) {
    json::object fields{{"account", format_id(account)},
                        {"tier", one_of({"key", "growth", "base"})},
                        {"reason", "x"},
                        {"approver", format_id(boss_)},
                        {"expires_on", format_date(workspace.records().today() + 2)}};
    const auto made = workspace.records().create(workspace.admin(), "score_override", fields, {});
    ASSERT_TRUE(made);
    ASSERT_TRUE(workspace.database().write([&](storage::Connection& connection) {
      return approve_override(workspace.records(), connection,
                              access::Authority::administrator(boss_), {}, made->id,
                              workspace.clock().now());
    }));
  }

  std::string definition() {
    const auto missing = [&] {
      return one_of({"", R"("missing":"zero",)", R"("missing":"leave_out",)"});
    };
    const auto weight = [&] { return R"("weight":")" + one_of({"1", "2.5", "33.33"}) + "\","; };
    std::string text = R"("criteria":[{"key":"size","field":"employees",)" + weight() + missing() +
                       R"("bands":[{"to":"100","points":")" + one_of({"0", "33.3"}) +
                       R"("},{"from":"100","points":")" + one_of({"66.7", "100"}) + R"("}]})";
    text += R"(,{"key":"owner","field":"ownership_type",)" + weight() + missing() +
            R"("bands":[{"in":["foreign"],"points":"80"},{"points":"15"}]})";
    text += R"(,{"key":"measured","measure":")" +
            one_of({"net_sales", "share", "growth", "recency_days", "decayed_value"}) + "\"," +
            weight() + missing() + R"("bands":[{"to":"10","points":"10"},{"from":"10",)" +
            R"("points":"90"}]}],"thresholds":[{"tier":"key","from":")" + one_of({"60", "80"}) +
            R"("},{"tier":"growth","from":")" + one_of({"20", "45"}) +
            R"("},{"tier":"base","from":"0"}],"margin":")" + one_of({"0", "3", "15"}) + "\"";
    const std::string scope = one_of({"null", R"({"op":"eq","field":"sector","value":"finance"})"});
    return text + R"(,"scope":)" + scope;
  }

  IdGenerator ids_{workspace.clock(), 2};
  jobs::Jobs runner_;
  std::vector<RecordId> accounts_;
  RecordId boss_;
};

ScoreInputs inputs_of(const StoredModel& model, const json::object& result) {
  ScoreInputs inputs;
  const json::array& parts = result.at("contributions").as_array();
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Criterion& criterion = model.model.criteria[i];
    const json::value& kept = parts[i].at("input");
    Input input;
    if (kept.is_string() && criterion.numbers.empty()) {
      input.choice = kept.as_string();
    } else if (kept.is_string()) {
      input.number = *parse_decimal(std::string_view(kept.as_string()), value_scale);
    } else if (criterion.missing == MissingRule::by_kind && !criterion.measure.empty()) {
      inputs.short_history = !parts[i].at("counts").as_bool();
    }
    inputs.of_criteria.push_back(std::move(input));
  }
  const auto text = [&](const char* name) {
    const json::value& value = result.at(name);
    return value.is_string() ? std::string(value.as_string()) : std::string();
  };
  inputs.tier = text("tier_before");
  inputs.override_tier = text("override.tier");
  return inputs;
}

void expect_replays(ScoredCompany& company) {
  records::QueryRequest query;
  query.select = {"model",    "model_version", "composite",     "tier",
                  "coverage", "tier_before",   "contributions", "override.tier"};
  query.page.limit = records::PageRequest::max_limit;
  const auto results = company.workspace.query("score_result", query);
  ASSERT_TRUE(results);
  ASSERT_FALSE(results->at("records").as_array().empty());
  for (const json::value& record : results->at("records").as_array()) {
    const json::object& result = record.at("fields").as_object();
    const auto model = company.workspace.database().read([&](storage::Connection& connection) {
      return published_version(company.workspace.records(), connection, company.workspace.admin(),
                               *parse_id(std::string_view(result.at("model").as_string())),
                               result.at("model_version").as_int64());
    });
    ASSERT_TRUE(model);
    const Score again = score_account(model->model, inputs_of(*model, result));
    EXPECT_EQ(json::string(format_decimal(again.composite, points_scale)), result.at("composite"));
    EXPECT_EQ(json::string(again.tier), result.at("tier"));
    EXPECT_EQ(again.coverage, result.at("coverage"));
  }
}

TEST(ScoringProperty, WhatIsAnnouncedHappensAndWhatHappenedReplays) {
  for (unsigned seed = 1; seed <= companies; ++seed) {
    SCOPED_TRACE(seed);
    ScoredCompany company(seed);
    const RecordId model = company.draft("M");
    for (int round = 0; round < 3; ++round) {
      if (round > 0) company.redraft(model);
      const std::vector<ScoredOutcome> announced = company.preview(model);
      company.publish(model);
      for (const ScoredOutcome& one : announced) {
        const json::object stored = company.workspace.read("account", one.account);
        EXPECT_EQ(stored.at("tier"), json::string(one.score.tier));
        EXPECT_EQ(stored.at("score"),
                  json::string(format_decimal(one.score.composite, points_scale)));
      }
      for (const ScoredOutcome& one : company.preview(model)) EXPECT_FALSE(one.changed());
      company.live_on();
    }
    expect_replays(company);
  }
}

}  // namespace
}  // namespace linchpin::identify
