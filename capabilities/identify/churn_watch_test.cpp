#include "identify/churn_watch.h"

#include "all_capabilities.h"
#include "identify/pool/pool_reading.h"
#include "records/test_workspace.h"

namespace linchpin::identify {
namespace {

// On 2026-09-21 a customer who used to buy every ten days has been silent for three months.
class ChurnWarning : public ::testing::Test {
 protected:
  ChurnWarning() {
    EXPECT_TRUE(texts.load_folder(LINCHPIN_SOURCE_DIR "/capabilities/identify"));
    for (const char* day : {"2026-05-01", "2026-05-11", "2026-05-21", "2026-06-01"}) buy(day);
  }

  void buy(const std::string& day, const char* quantity = "1") {
    workspace.create("order_line", R"({"account":")" + format_id(account) + R"(","ordered_on":")" +
                                       day + R"(","quantity":")" + quantity +
                                       R"(","unit_price":"100"})");
  }
  std::size_t opened() {
    const auto made = open_churn_warnings(workspace.records());
    EXPECT_TRUE(made) << made.error().log_detail;
    return made.value_or(SIZE_MAX);
  }
  std::size_t closed() {
    const auto done = close_churn_warnings(workspace.records(), texts, workspace.clock().now());
    EXPECT_TRUE(done) << done.error().log_detail;
    return done.value_or(SIZE_MAX);
  }
  std::vector<PoolRow> tasks() {
    auto found = workspace.database().snapshot([&](storage::Connection& connection) {
      return find_rows({workspace.records(), connection, workspace.admin()}, "task", {},
                       {"owner", "kind", "state", "due_on", "key", "result"});
    });
    EXPECT_TRUE(found);
    return found ? std::move(*found) : std::vector<PoolRow>();
  }

  records::TestWorkspace workspace{add_capability_rules};
  Texts texts;
  const RecordId owner = workspace.create("user", R"({"name":"Li","login":"li","locale":"en"})");
  const RecordId account = workspace.create(
      "account", R"({"code":"A1","name":"North","owner":")" + format_id(owner) + "\"}");
};

TEST_F(ChurnWarning, MakesOneTaskForTheOwnerOfASilence) {
  EXPECT_EQ(opened(), 1U);
  EXPECT_EQ(opened(), 0U);
  EXPECT_EQ(closed(), 0U);
  const auto found = tasks();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].link(0), owner);
  EXPECT_EQ(found[0].text(1), "churn_warning");
  EXPECT_EQ(format_date(*found[0].day(3)), format_date(workspace.records().today() + 7));
  EXPECT_EQ(found[0].text(4), "churn:" + format_id(account) + ":2026-06-01");
}

TEST_F(ChurnWarning, IsClosedWhenTheCustomerBuysAgainAndComesBackWithTheNextSilence) {
  EXPECT_EQ(opened(), 1U);
  buy("2026-09-19", "-1");  // a return is no purchase
  EXPECT_EQ(closed(), 0U);
  buy("2026-09-20");
  EXPECT_EQ(closed(), 1U);
  EXPECT_EQ(closed(), 0U);
  const auto found = tasks();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].text(2), "done");
  EXPECT_EQ(found[0].text(5), "The customer bought again on 2026-09-20.");
  EXPECT_EQ(opened(), 0U);
  workspace.clock().advance(400 * milliseconds_per_day);
  EXPECT_EQ(opened(), 1U);
}

TEST_F(ChurnWarning, ThatSomebodyClosedStaysClosed) {
  EXPECT_EQ(opened(), 1U);
  ASSERT_TRUE(workspace.patch("task", tasks()[0].id, 1, R"({"state":"cancelled"})"));
  EXPECT_EQ(opened(), 0U);
}

TEST_F(ChurnWarning, FollowsTheRuleOfTheAdministrator) {
  const RecordId rule = workspace.create("churn_watch", R"({"name":"Ours","active":false})");
  EXPECT_EQ(opened(), 0U);
  ASSERT_TRUE(
      workspace.patch("churn_watch", rule, 1, R"({"active":true,"pool_only":true,"due_days":3})"));
  EXPECT_EQ(opened(), 0U);
  ASSERT_TRUE(workspace.patch("churn_watch", rule, 2, R"({"pool_only":false})"));
  EXPECT_EQ(opened(), 1U);
  EXPECT_EQ(format_date(*tasks()[0].day(3)), format_date(workspace.records().today() + 3));
  EXPECT_FALSE(workspace.try_create("churn_watch", R"({"name":"Other","due_days":0})"));
}

TEST_F(ChurnWarning, WithoutAnOwnerIsNobodysTask) {
  ASSERT_TRUE(workspace.patch("account", account, 1, R"({"owner":null})"));
  EXPECT_EQ(opened(), 0U);
}

}  // namespace
}  // namespace linchpin::identify
