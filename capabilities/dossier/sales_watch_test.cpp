// The sales watch of the product itself: once for each month that ended, whoever looks.

#include "dossier/sales_watch.h"

#include <thread>

#include "all_capabilities.h"
#include "dossier/install.h"
#include "inbound/testing/api_test.h"

namespace linchpin::dossier {
namespace {

using inbound::testing::ApiTest;
using inbound::testing::ClientResponse;

class SalesWatchTest : public ApiTest {
 protected:
  SalesWatchTest() : ApiTest(add_capability_rules, install) {
    me_ = admin.get("/session").text_at("user/id");
    account_ = create("account", R"({"code":"A1","name":"华北电力","tier":"key","owner":")" + me_ +
                                     "\"}");
  }

  void sell(const std::string& day, const std::string& amount) {
    const std::string order = create("order", R"({"number":"O)" + day + R"(","account":")" +
                                                  account_ + R"(","status":"posted"})");
    create("order_line", R"({"order":")" + order + R"(","account":")" + account_ +
                             R"(","ordered_on":")" + day + R"(","quantity":"1","unit_price":")" +
                             amount + "\"}");
  }
  std::size_t tasks() {
    return admin
        .post("/records/task/query",
              R"({"where":{"op":"eq","field":"kind","value":"record_cause"}})")
        .array_at("records")
        .size();
  }
  ClientResponse rules() { return admin.post("/records/sales_watch/query", "{}"); }
  // How many were asked; -1 where it was done before or is switched off.
  std::int64_t watch() {
    const auto watched = watch_sales(server.records());
    EXPECT_TRUE(watched);
    return watched && *watched ? (*watched)->asked : -1;
  }

  std::string me_;
  std::string account_;
};

// Today is 2026-11-21: August to October against May to July.
TEST_F(SalesWatchTest, TheMonthThatEndedIsLookedAtOnce) {
  EXPECT_EQ(watch(), 0);
  EXPECT_EQ(rules().array_at("records").size(), 0U) << "an empty workspace stays as it is";
  sell("2026-06-10", "100");
  sell("2026-11-05", "500");
  EXPECT_EQ(watch(), 1) << "sales of the running month do not count";
  EXPECT_EQ(watch(), -1);
  EXPECT_EQ(tasks(), 1U);
  ASSERT_EQ(rules().array_at("records").size(), 1U);
  EXPECT_EQ(rules().text_at("records/0/fields/looked_until"), "2026-11-01");
  server.clock().advance(std::int64_t{11} * milliseconds_per_day);
  EXPECT_EQ(watch_sales(server.records())->value().asked, 1) << "the next month is another one";
  EXPECT_EQ(watch(), -1);
}

TEST_F(SalesWatchTest, ServersThatLookAtATimeAskOnce) {
  sell("2026-06-10", "100");
  std::vector<std::thread> servers;
  for (int i = 0; i < 4; ++i) {
    servers.emplace_back([this] { EXPECT_TRUE(watch_sales(server.records())); });
  }
  for (std::thread& one : servers) one.join();
  EXPECT_EQ(tasks(), 1U);
  EXPECT_EQ(rules().array_at("records").size(), 1U);
}

TEST_F(SalesWatchTest, ARuleOfTheWorkspaceHoldsAndCanBeSwitchedOff) {
  sell("2026-06-10", "100");
  const std::string rule =
      create("sales_watch", R"({"name":"规则","threshold":"0.30","minimum":"101","months":3})");
  EXPECT_EQ(watch(), 0) << "less than the minimum";
  const auto change = [&](const std::string& fields) {
    const ClientResponse changed =
        admin.patch("/records/sales_watch/" + rule, "{\"fields\":" + fields + "}",
                    {{"If-Match", "*"}});
    EXPECT_EQ(changed.status, 200) << changed.body;
  };
  change(R"({"minimum":"100","active":false})");
  EXPECT_EQ(watch(), -1);
  change(R"({"active":true})");
  EXPECT_EQ(watch(), 1);
  EXPECT_EQ(rules().array_at("records").size(), 1U);
}

}  // namespace
}  // namespace linchpin::dossier
