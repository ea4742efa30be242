// Rights that begin and end while somebody is signed in.

#include <gtest/gtest.h>

#include "inbound/testing/test_server.h"

namespace linchpin::inbound {
namespace {

testing::TestServerOptions whole_company() {
  testing::TestServerOptions options;
  options.capabilities = true;
  return options;
}

class RightsOverTime : public ::testing::Test {
 protected:
  // The id of what the administrator makes.
  std::string made(const std::string& object, const std::string& fields) {
    const auto answer = admin.post("/records/" + object, R"({"fields": )" + fields + "}");
    EXPECT_EQ(answer.status, 201) << answer.body;
    return answer.text_at("id");
  }
  static std::size_t accounts_of(testing::ApiClient& client) {
    return client.post("/records/account/query", "{}").array_at("records").size();
  }

  testing::TestServer server{whole_company()};
  const std::string anna = format_id(server.add_user("anna", false, "kam"));
  const std::string bert = format_id(server.add_user("bert", false, "kam"));
  testing::ApiClient admin = server.signed_in();
};

TEST_F(RightsOverTime, ADeputyInTheSameSessionSeesMoreAndLessByTheMinute) {
  made("account", R"({"code": "B1", "name": "乙", "owner": ")" + bert + "\"}");
  // The server's clock stands at 2026-11-21 01:40 UTC.
  made("deputy", R"({"user": ")" + bert + R"(", "deputy": ")" + anna +
                     R"(", "starts_at": "2026-11-21T01:45:00Z",
                         "ends_at": "2026-11-21T01:46:00Z"})");
  testing::ApiClient session = server.signed_in("anna");
  testing::ApiClient token = server.with_token("anna");
  const auto both_see = [&](std::size_t count) {
    EXPECT_EQ(accounts_of(session), count);
    EXPECT_EQ(accounts_of(token), count);
  };
  both_see(0);
  server.clock().advance(5 * minute - 1);
  both_see(0);
  server.clock().advance(1);
  both_see(1);
  server.clock().advance(minute - 1);
  both_see(1);
  server.clock().advance(1);
  both_see(0);
}

TEST_F(RightsOverTime, ARoleThatIsTakenAwayIsGoneWithTheNextRequest) {
  made("account", R"({"code": "B1", "name": "乙", "owner": ")" + bert + "\"}");
  testing::ApiClient session = server.signed_in("bert");
  EXPECT_EQ(accounts_of(session), 1U);
  const auto changed = admin.patch("/records/user/" + bert,
                                   R"({"fields": {"roles": []}, "base": {"roles": ["kam"]}})");
  ASSERT_EQ(changed.status, 200) << changed.body;
  EXPECT_EQ(accounts_of(session), 0U);
}

TEST_F(RightsOverTime, TheLastAdministratorCannotRemoveHimself) {
  const std::string self = admin.get("/session").text_at("user/id");
  for (const char* fields : {R"({"roles": ["kam"]})", R"({"active": false})"}) {
    const auto refused = admin.patch(
        "/records/user/" + self, std::string(R"({"fields": )") + fields + "}", {{"If-Match", "*"}});
    EXPECT_EQ(refused.status, 409) << refused.body;
    EXPECT_EQ(refused.text_at("reason"), "last_administrator");
  }
  EXPECT_EQ(admin.del("/records/user/" + self).text_at("reason"), "last_administrator");
  const auto batch =
      admin.post("/records/user/batch",
                 R"({"mode": "atomic", "ops": [{"op": "delete", "id": ")" + self + "\"}]}");
  EXPECT_NE(batch.body.find("last_administrator"), std::string::npos) << batch.body;
  EXPECT_EQ(admin.get("/session").at("user/administrator"), true);
  server.add_user("carla", true);
  EXPECT_EQ(admin.del("/records/user/" + self).status, 204);
  EXPECT_EQ(admin.get("/session").status, 401);
}

}  // namespace
}  // namespace linchpin::inbound
