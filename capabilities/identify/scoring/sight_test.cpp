#include "identify/scoring/sight.h"

#include <gtest/gtest.h>

#include "access/test_scope.h"
#include "all_capabilities.h"
#include "identify/scoring/read_inputs.h"
#include "identify/scoring/read_model.h"
#include "records/test_workspace.h"

namespace linchpin::identify {
namespace {

class ScoreSight : public ::testing::Test {
 protected:
  ScoreSight() { person = workspace.create("user", R"({"name":"Li","login":"li"})"); }
  access::AccessScope with(std::string_view rights) { return access::person_with(person, rights); }
  bool sees_field(const access::AccessScope& scope, std::string field) {
    Criterion criterion;
    criterion.field = std::move(field);
    return may_see(workspace.records(), scope, criterion);
  }
  bool sees_sums(const access::AccessScope& scope, std::string measure) {
    Criterion criterion;
    criterion.measure = std::move(measure);
    return may_see(workspace.records(), scope, criterion);
  }
  Result<std::vector<ScoredAccount>> inputs(const access::AccessScope& scope) {
    const ScoringModel model = *read_model(*parse_json_object(
        R"({"criteria":[{"key":"size","field":"employees","weight":"1","bands":[{"points":"1"}]}],
            "thresholds":[{"tier":"base","from":"0"}]})"));
    using Answer = Result<std::vector<ScoredAccount>>;
    return workspace.database().read([&](storage::Connection& connection) -> Answer {
      std::vector<ScoredAccount> all;
      LP_CHECK(visit_score_inputs({workspace.records(), connection, scope, std::nullopt}, model, {},
                                  workspace.records().today(),
                                  [&](const ScoredAccount& one) { all.push_back(one); }));
      return all;
    });
  }

  records::TestWorkspace workspace{add_capability_rules};
  RecordId person;
};

TEST_F(ScoreSight, AHiddenFieldIsNotSeenThroughAScore) {
  const auto scope = with(R"({"objects":{"*":{"read":"all"},
      "account":{"read":"all","fields":{"*":"read","employees":"none"}}}})");
  EXPECT_FALSE(sees_field(scope, "employees"));
  EXPECT_TRUE(sees_field(scope, "ownership_type"));
  EXPECT_TRUE(sees_sums(scope, "net_sales"));
  EXPECT_TRUE(sees_sums(scope, "share"));
  const auto read = inputs(scope);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, ErrorCode::forbidden);
}

TEST_F(ScoreSight, SumsOfLinesThatAreOutOfReachAreNotSeen) {
  const auto scope = with(R"({"objects":{"*":{"read":"own"},"account":{"read":"all"}}})");
  for (const char* measure : {"net_sales", "signed", "invoiced", "cash_received", "gross_profit",
                              "quantity", "orders", "margin", "share", "growth", "purchase_months",
                              "recency_days", "decayed_value", "timeliness", "complaints"}) {
    EXPECT_FALSE(sees_sums(scope, measure)) << measure;
  }
}

TEST_F(ScoreSight, OnesOwnAccountsAreSeenAndNotTheShareThatTellsOfTheOthers) {
  const auto scope = with(R"({"objects":{"*":{"read":"own"}}})");
  for (const char* measure : {"net_sales", "margin", "timeliness", "complaints", "decayed_value"}) {
    EXPECT_TRUE(sees_sums(scope, measure)) << measure;
  }
  EXPECT_FALSE(sees_sums(scope, "share"));
  const RecordId own = workspace.create(
      "account", R"({"code":"A1","name":"North","owner":")" + format_id(person) + "\"}");
  workspace.create("account", R"({"code":"B1","name":"South"})");
  const auto read = inputs(scope);
  ASSERT_TRUE(read);
  ASSERT_EQ(read->size(), 1U);
  EXPECT_EQ(read->front().account, own);
}

}  // namespace
}  // namespace linchpin::identify
