#include "identify/lifetime_api.h"

#include "all_capabilities.h"
#include "identify/install.h"
#include "inbound/testing/api_test.h"

namespace linchpin::identify {
namespace {

using inbound::testing::ApiTest;
using inbound::testing::ClientResponse;

class LifetimeApi : public ApiTest {
 protected:
  LifetimeApi() : ApiTest(add_capability_rules, install) {}

  std::string account(const std::string& code) {
    return create("account", R"({"code":")" + code + R"(","name":")" + code + "\"}");
  }
  // An order of one line.
  void sale(const std::string& account_id, const std::string& number, const std::string& day,
            const std::string& quantity, const std::string& price) {
    const std::string order =
        create("order", R"({"number":")" + number + R"(","account":")" + account_id + "\"}");
    create("order_line", R"({"order":")" + order + R"(","account":")" + account_id +
                             R"(","ordered_on":")" + day + R"(","quantity":")" + quantity +
                             R"(","unit_price":")" + price + "\"}");
  }
};

TEST_F(LifetimeApi, RfmCountsPositiveOrdersUpToTheDay) {
  const std::string first = account("A1");
  const std::string second = account("B1");
  sale(first, "S1", "2026-01-10", "1", "100");
  sale(first, "S2", "2026-01-20", "1", "50");
  sale(first, "S3", "2026-01-25", "-1", "50");  // a return: no order, but less money
  sale(first, "S4", "2026-02-02", "1", "999");  // after the day
  sale(second, "S5", "2026-01-30", "1", "500");
  const ClientResponse answer = admin.post("/identify/rfm", R"({"as_of":"2026-01-31"})");
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.at("customers"), 2);
  const json::value rows = answer.at("rows");
  ASSERT_EQ(rows.as_array().size(), 2U);
  const json::object& best = rows.as_array()[0].as_object();
  EXPECT_EQ(best.at("account").at("code"), "B1");
  EXPECT_EQ(best.at("recency_days"), 1);
  EXPECT_EQ(best.at("m"), 3);
  const json::object& other = rows.as_array()[1].as_object();
  EXPECT_EQ(other.at("recency_days"), 11);
  EXPECT_EQ(other.at("frequency"), 2);
  EXPECT_EQ(other.at("monetary"), "100.0000");
}

TEST_F(LifetimeApi, AFilterAndPagesOfRfm) {
  for (const char* code : {"A1", "B1", "C1"}) {
    sale(account(code), std::string("S") + code, "2026-01-10", "1", "10");
  }
  const ClientResponse page =
      admin.post("/identify/rfm", R"({"as_of":"2026-01-31","page":{"limit":2}})");
  EXPECT_EQ(page.at("rows").as_array().size(), 2U);
  const std::string next(page.at("page").at("next").as_string());
  const ClientResponse rest = admin.post(
      "/identify/rfm", R"({"as_of":"2026-01-31","page":{"limit":2,"after":")" + next + "\"}}");
  EXPECT_EQ(rest.at("rows").as_array().size(), 1U);
  EXPECT_EQ(rest.at("page").at("has_more"), false);
  const ClientResponse other = admin.post(
      "/identify/rfm", R"({"as_of":"2026-01-30","page":{"limit":2,"after":")" + next + "\"}}");
  EXPECT_EQ(other.status, 400);
  const ClientResponse one = admin.post(
      "/identify/rfm", R"({"as_of":"2026-01-31","where":{"op":"eq","field":"code","value":"C1"}})");
  EXPECT_EQ(one.at("customers"), 1);
}

TEST_F(LifetimeApi, FewCustomersAreToldHonestly) {
  const std::string only = account("A1");
  sale(only, "S1", "2026-01-01", "1", "0");  // a gift is a purchase
  sale(only, "S2", "2026-01-15", "2", "10");
  const ClientResponse answer = admin.post(
      "/identify/clv", R"({"from":"2026-01-01","to":"2026-02-01","holdout_from":"2026-01-10"})");
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.at("status"), "too_little_data");
  EXPECT_TRUE(answer.at("model").is_null());
  EXPECT_TRUE(answer.at("parameters").at("r").is_null());
  const json::value rows = answer.at("rows");
  ASSERT_EQ(rows.as_array().size(), 1U);
  const json::object& row = rows.as_array()[0].as_object();
  EXPECT_EQ(row.at("x"), 1);
  EXPECT_DOUBLE_EQ(row.at("t_x").to_number<double>(), 2);
  EXPECT_NEAR(row.at("T").to_number<double>(), 30.0 / 7, 1e-12);
  EXPECT_TRUE(row.at("clv").is_null());
  EXPECT_EQ(answer.at("holdout").at("customers"), 1);
  EXPECT_TRUE(answer.at("holdout").at("better").is_null());
}

TEST_F(LifetimeApi, WhatIsRefused) {
  EXPECT_EQ(admin.post("/identify/rfm", "{}").status, 422);
  EXPECT_EQ(admin.post("/identify/rfm", R"({"as_of":"2026-01-31","colour":1})").status, 400);
  EXPECT_EQ(admin.post("/identify/rfm", R"({"as_of":"2026-01-31","from":"2026-02-01"})").status,
            422);
  const auto clv = [&](const std::string& rest) {
    return admin.post("/identify/clv", R"({"from":"2026-01-01","to":"2026-02-01",)" + rest + "}")
        .status;
  };
  EXPECT_EQ(clv(R"("horizon_months":0)"), 422);
  EXPECT_EQ(clv(R"("horizon_months":121)"), 422);
  EXPECT_EQ(clv(R"("holdout_from":"2026-01-01")"), 422);
  EXPECT_EQ(clv(R"("holdout_from":"2026-02-01")"), 422);
}

}  // namespace
}  // namespace linchpin::identify
