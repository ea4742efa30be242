#include "dossier/power_map/power_map.h"

#include "all_capabilities.h"
#include "dossier/install.h"
#include "inbound/testing/api_test.h"

namespace linchpin::dossier {
namespace {

using inbound::testing::ApiTest;
using inbound::testing::ClientResponse;

class PowerMapOfAnAccount : public ApiTest {
 protected:
  PowerMapOfAnAccount() : ApiTest(add_capability_rules, install) {
    account = create("account", R"({"code":"A1","name":"华北电力"})");
  }

  std::string person(const std::string& name, const std::string& more = "") {
    return create("contact",
                  R"({"account":")" + account + R"(","name":")" + name + "\"" + more + "}");
  }
  std::string opinion(const std::string& contact, const std::string& fields) {
    return create("contact_standing", R"({"contact":")" + contact + "\"," + fields + "}");
  }
  json::object map(const std::string& query = "") {
    const ClientResponse answer = admin.get("/dossier/accounts/" + account + "/map" + query);
    EXPECT_EQ(answer.status, 200) << answer.body;
    return *parse_json_object(answer.body);
  }
  static const json::object& of(const json::object& map, const std::string& contact) {
    for (const json::value& one : map.at("people").as_array()) {
      if (one.at("id").as_string() == contact) return one.as_object();
    }
    throw std::runtime_error("not on the map: " + contact);
  }
  static std::int64_t support_of(const json::object& map, const std::string& contact) {
    return of(map, contact).at("standing").at("fields").at("support").as_int64();
  }

  std::string account;
};

TEST_F(PowerMapOfAnAccount, TheLatestOpinionHoldsAndOneOfTheOpportunityBeforeAll) {
  const std::string deal =
      create("opportunity", R"({"account":")" + account + R"(","name":"二期"})");
  const std::string other =
      create("opportunity", R"({"account":")" + account + R"(","name":"三期"})");
  const std::string wang = person("王建国");
  opinion(wang, R"("support":1,"as_of":"2026-06-01")");
  opinion(wang, R"("support":2,"as_of":"2026-07-01","opportunity":")" + deal + "\"");
  opinion(wang, R"("support":3,"as_of":"2026-11-01")");
  opinion(wang, R"("support":4,"as_of":"2026-11-10","opportunity":")" + other + "\"");
  EXPECT_EQ(support_of(map(), wang), 4);
  EXPECT_EQ(support_of(map("?opportunity=" + deal), wang), 2);
  EXPECT_EQ(support_of(map("?day=2026-06-30"), wang), 1);
  EXPECT_EQ(support_of(map("?day=2026-11-05"), wang), 3);
  EXPECT_TRUE(of(map("?day=2026-05-31"), wang).at("standing").is_null());
  const json::object old = map("?opportunity=" + deal);
  EXPECT_TRUE(of(old, wang).at("standing").at("stale").as_bool());
  EXPECT_EQ(of(old, wang).at("standing").at("age_days").as_int64(), 143);
}

TEST_F(PowerMapOfAnAccount, WhoWasMetIsCovered) {
  const std::string wang = person("王建国");
  const std::string user = admin.get("/session").text_at("user/id");
  const auto visit = [&](const std::string& day, const std::string& state) {
    create("visit", R"({"account":")" + account + R"(","state":")" + state + R"(","done_at":")" +
                        day + R"(T02:00:00Z","received_by":[")" + wang + R"("],"our_people":[")" +
                        user + "\"]}");
  };
  visit("2026-01-05", "done");     // long ago
  visit("2026-11-20", "planned");  // did not take place
  EXPECT_TRUE(of(map(), wang).at("covered_by").as_array().empty());
  visit("2026-11-02", "reported");
  visit("2026-10-02", "done");
  const json::object now = map();
  const json::array& cover = of(now, wang).at("covered_by").as_array();
  ASSERT_EQ(cover.size(), 1U);
  EXPECT_EQ(cover[0].at("met_on").as_string(), "2026-11-02");
  EXPECT_FALSE(cover[0].at("named").as_bool());
  EXPECT_EQ(now.at("risk").at("level").as_string(), "high");
  EXPECT_EQ(now.at("users").as_array().size(), 1U);
}

TEST_F(PowerMapOfAnAccount, WhoHasLeftIsNotThereNorWhatLeadsToHim) {
  const std::string boss = person("赵总", R"(,"status":"left")");
  const std::string wang = person("王建国", R"(,"reports_to":")" + boss + "\"");
  create("contact_influence", R"({"from":")" + boss + R"(","to":")" + wang + "\"}");
  const json::object found = map();
  EXPECT_EQ(found.at("people").as_array().size(), 1U);
  EXPECT_TRUE(of(found, wang).at("fields").at("reports_to").is_null());
  EXPECT_TRUE(found.at("lines").as_array().empty());
}

TEST_F(PowerMapOfAnAccount, PersonalItemsAreNeverThere) {
  const std::string wang = person("王建国", R"(,"sport":"羽毛球","birthday":"1980-05-17")");
  const std::string answer = admin.get("/dossier/accounts/" + account + "/map").body;
  EXPECT_EQ(answer.find("羽毛球"), std::string::npos);
  EXPECT_EQ(answer.find("1980"), std::string::npos);
  EXPECT_FALSE(of(map(), wang).at("fields").as_object().contains("sport"));
}

TEST_F(PowerMapOfAnAccount, PlacesAreKeptOncePerPersonAndWithinTheMap) {
  const std::string wang = person("王建国");
  const auto put = [&](const std::string& x) {
    const ClientResponse answer =
        admin.post("/records/map_position/batch",
                   R"({"mode":"atomic","ops":[{"op":"upsert","match":{"contact":")" + wang +
                       R"("},"fields":{"x":)" + x + R"(,"y":7}}]})");
    return answer.status;
  };
  EXPECT_EQ(put("10"), 200);
  EXPECT_EQ(put("20"), 200);
  const json::object moved = map();
  EXPECT_EQ(of(moved, wang).at("place"), (json::value{{"x", 20}, {"y", 7}}));
  EXPECT_EQ(put("100001"), 422);
  EXPECT_EQ(put("null"), 200);  // arranged by the map again
  EXPECT_TRUE(of(map(), wang).at("place").is_null());
  const ClientResponse twice = admin.post("/records/map_position", R"({"fields":{"contact":")" +
                                                                       wang + "\"}}");
  EXPECT_EQ(twice.status, 409) << twice.body;
}

TEST_F(PowerMapOfAnAccount, ShowsNoMoreThanItsMostPeople) {
  std::string ops;
  for (int i = 0; i <= max_map_people; ++i) {
    ops += std::string(ops.empty() ? "" : ",") +
           R"({"op":"create","fields":{"name":"某","account":")" + account + "\"}}";
  }
  const ClientResponse made =
      admin.post("/records/contact/batch", R"({"mode":"atomic","ops":[)" + ops + "]}");
  ASSERT_EQ(made.status, 200) << made.body;
  const json::object found = map();
  EXPECT_EQ(found.at("people").as_array().size(), static_cast<std::size_t>(max_map_people));
  EXPECT_TRUE(found.at("truncated").as_bool());
}

TEST_F(PowerMapOfAnAccount, AnOpportunityOfSomebodyElseIsNotFound) {
  const std::string other = create("account", R"({"code":"B1","name":"西南水电"})");
  const std::string deal = create("opportunity", R"({"account":")" + other + R"(","name":"x"})");
  const std::string path = "/dossier/accounts/" + account + "/map?";
  EXPECT_EQ(admin.get(path + "opportunity=" + deal).status, 404);
  EXPECT_EQ(admin.get(path + "opportunity=!").status, 422);
  EXPECT_EQ(admin.get(path + "day=2026-02-30").status, 422);
}

}  // namespace
}  // namespace linchpin::dossier
