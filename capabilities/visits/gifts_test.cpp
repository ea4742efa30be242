#include "visits/gifts.h"

#include <array>
#include <numeric>
#include <thread>

#include "all_capabilities.h"
#include "inbound/testing/api_test.h"
#include "visits/install.h"

namespace linchpin::visits {
namespace {

using inbound::testing::ApiClient;
using inbound::testing::ApiTest;
using inbound::testing::ClientResponse;

std::string gift(const std::string& account, const std::string& contact, const std::string& value,
                 const std::string& state) {
  return R"({"fields":{"occasion":"周年","account":")" + account + R"(","contact":")" + contact +
         R"(","given_on":"2026-05-01","value":")" + value + R"(","state":")" + state + "\"}}";
}

class GiftsTest : public ApiTest {
 protected:
  GiftsTest() : ApiTest(add_capability_rules, install) {
    account = create("account", R"({"code":"P1","name":"华北电力","ownership_type":"private"})");
    wang = create("contact", R"({"name":"王强","account":")" + account + "\"}");
  }

  // Written down by somebody else, so that the administrator may decide.
  std::string approved(ApiClient& seller, const std::string& value) {
    const std::string id =
        seller.post("/records/gift", gift(account, wang, value, "planned")).text_at("id");
    const ClientResponse answer =
        admin.post("/visits/gifts/" + id + "/decision", R"({"decision":"approve"})");
    EXPECT_EQ(answer.status, 200) << answer.body;
    return id;
  }

  std::string account, wang;
};

TEST_F(GiftsTest, RequestsAtTheSameTimeDoNotPassTheLimitTogether) {
  constexpr int people_of_ours = 4;
  constexpr int each = 5;  // 20 of 100 against a limit of 500
  std::array<int, people_of_ours> given{};
  std::vector<std::thread> threads;
  for (int one = 0; one < people_of_ours; ++one) {
    threads.emplace_back([&, one] {
      ApiClient client = server.signed_in();
      for (int i = 0; i < each; ++i) {
        const ClientResponse answer =
            client.post("/records/gift", gift(account, wang, "100", "given"));
        given.at(static_cast<std::size_t>(one)) += answer.status == 201 ? 1 : 0;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(std::accumulate(given.begin(), given.end(), 0), 5);
  const ClientResponse sums = admin.get("/visits/accounts/" + account + "/gifts");
  EXPECT_NE(sums.body.find(R"("given":"500.00","left":"0.00")"), std::string::npos) << sums.body;
}

TEST_F(GiftsTest, SumsThatNoNumberHoldsAreRefused) {
  create("gift_policy", R"({"name":"限额","other_limit":"90000000000000000"})");
  const std::string huge = "60000000000000000";
  EXPECT_EQ(admin.post("/records/gift", gift(account, wang, huge, "given")).status, 201);
  const ClientResponse over = admin.post("/records/gift", gift(account, wang, huge, "given"));
  EXPECT_EQ(over.status, 422);
  EXPECT_NE(over.body.find("gift_over_limit"), std::string::npos) << over.body;

  server.add_user("seller", false, "operations");
  ApiClient seller = server.signed_in("seller");
  approved(seller, huge);
  const ClientResponse sums = admin.get("/visits/accounts/" + account + "/gifts");
  EXPECT_EQ(sums.status, 422) << sums.body;
  const ClientResponse more = admin.post("/records/gift", gift(account, wang, "1", "given"));
  EXPECT_EQ(more.status, 422) << more.body;
}

TEST_F(GiftsTest, FiveHundredPeopleAreNamedAndNoMore) {
  std::string ops;
  for (std::size_t i = 0; i < max_gift_people; ++i) {
    ops += std::string(ops.empty() ? "" : ",") + R"({"op":"create","fields":{"name":"人)" +
           std::to_string(i) + R"(","account":")" + account + "\"}}";
  }
  ASSERT_EQ(
      admin.post("/records/contact/batch", R"({"mode":"atomic","ops":[)" + ops + "]}").status, 200);
  EXPECT_EQ(admin.post("/records/gift", gift(account, wang, "20", "given")).status, 201);
  const ClientResponse sums = admin.get("/visits/accounts/" + account + "/gifts");
  EXPECT_EQ(sums.array_at("people").size(), max_gift_people);
  EXPECT_NE(sums.body.find("王强"), std::string::npos) << "who was given something is named first";
}

TEST_F(GiftsTest, WhoMayNotReadWhatGiftsAreWorthGetsNoSums) {
  const std::string role = create(
      "role", R"({"name":"外协","rights":{"objects":{"account":{"read":"all"},)"
              R"("contact":{"read":"all"},)"
              R"("gift":{"read":"all","fields":{"*":"read","value":"none"}}}}})");
  server.add_user("helper", false, "");
  const ClientResponse found = admin.post(
      "/records/user/query", R"({"where":{"op":"eq","field":"login","value":"helper"}})");
  const json::object user = found.array_at("records").at(0).as_object();
  const std::string id(user.at("id").as_string());
  const ClientResponse changed =
      admin.patch("/records/user/" + id,
                  R"({"fields":{"roles":[],"own_roles":[")" + role + R"("]}})",
                  {{"If-Match", "\"1\""}});
  ASSERT_EQ(changed.status, 200) << changed.body;
  ApiClient helper = server.signed_in("helper");
  EXPECT_EQ(helper.get("/records/account/" + account).status, 200);
  EXPECT_EQ(helper.get("/visits/accounts/" + account + "/gifts").status, 404);
}

}  // namespace
}  // namespace linchpin::visits
