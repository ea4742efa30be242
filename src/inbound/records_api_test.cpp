// Records through the real server: what the contract says about ETags, conflicts and problems.

#include <gtest/gtest.h>

#include "inbound/testing/test_server.h"

namespace linchpin::inbound {
namespace {

using testing::ApiClient;
using testing::ClientResponse;
using testing::TestServer;

class RecordsApiTest : public ::testing::Test {
 protected:
  RecordsApiTest() : client(server.with_token()) { client.use_language("en"); }

  ClientResponse create(const std::string& code, const std::string& more = {}) {
    return client.post("/records/account", R"({"fields": {"code": ")" + code + R"(", "name": ")" +
                                               code + "\"" + more + "}}");
  }
  std::string path_of(const ClientResponse& created) {
    return "/records/account/" + created.text_at("id");
  }

  TestServer server;
  ApiClient client;
};

TEST_F(RecordsApiTest, CreateGivesLocationAndVersion) {
  const ClientResponse made = create("A1", R"(, "annual_revenue": "1200000.00")");
  ASSERT_EQ(made.status, 201);
  EXPECT_EQ(made.header("etag"), "\"1\"");
  EXPECT_EQ(made.header("location"), "/api/v1" + path_of(made));
  EXPECT_EQ(made.header("cache-control"), "no-store");
  EXPECT_EQ(made.text_at("fields/annual_revenue"), "1200000.00");
  const ClientResponse read = client.get(path_of(made) + "?select=code,annual_revenue");
  EXPECT_EQ(read.status, 200);
  EXPECT_EQ(read.header("etag"), "\"1\"");
  EXPECT_EQ(read.at("fields").as_object().size(), 2U);
}

TEST_F(RecordsApiTest, ADryRunWritesNothing) {
  const ClientResponse dry =
      client.post("/records/account", R"({"fields": {"code": "D", "name": "D"}, "dry_run": true})");
  EXPECT_EQ(dry.status, 200);
  EXPECT_EQ(dry.text_at("fields/code"), "D");
  EXPECT_EQ(client.get("/records/account").array_at("records").size(), 0U);
  EXPECT_EQ(client.post("/records/account", R"({"fields": {"code": "D"}, "dry_run": true})").status,
            422);
}

TEST_F(RecordsApiTest, ProblemsPointAtTheirFieldInBothLanguages) {
  const std::string body = R"({"fields": {"code": "A", "name": "A", "employees": "many"}})";
  const ClientResponse english = client.post("/records/account", body);
  EXPECT_EQ(english.status, 422);
  EXPECT_EQ(english.header("content-type"), "application/problem+json");
  EXPECT_EQ(english.header("content-language"), "en");
  EXPECT_EQ(english.text_at("errors/0/pointer"), "/fields/employees");
  EXPECT_EQ(english.text_at("errors/0/field"), "employees");
  client.use_language("zh-CN");
  const ClientResponse chinese = client.post("/records/account", body);
  EXPECT_EQ(chinese.header("content-language"), "zh-CN");
  EXPECT_NE(chinese.text_at("errors/0/message"), english.text_at("errors/0/message"));
  EXPECT_EQ(client.post("/records/account", R"({"fields": {"no_such": 1}})").text_at("code"),
            "unknown_field");
}

TEST_F(RecordsApiTest, TheEnvelopeIsReadStrictly) {
  EXPECT_EQ(client.post("/records/account", R"({"field": {}})").text_at("errors/0/pointer"),
            "/field");
  EXPECT_EQ(client.post("/records/account", R"({})").text_at("errors/0/code"), "member_missing");
  EXPECT_EQ(client.post("/records/account", R"({"fields": []})").status, 400);
  EXPECT_EQ(client.post("/records/account", R"([])").status, 400);
  EXPECT_EQ(client.post("/records/account", R"({"fields": {}, "fields": {}})").text_at("reason"),
            "duplicate_key");
  EXPECT_EQ(client.post("/records/account", "").status, 400);
  EXPECT_EQ(
      client.send("POST", "/api/v1/records/account", {{"Content-Type", "text/xml"}}, "<fields/>")
          .status,
      415);
}

TEST_F(RecordsApiTest, UnknownObjectsAndRecordsAreNotFound) {
  EXPECT_EQ(client.get("/records/no_such").status, 404);
  EXPECT_EQ(client.post("/records/no_such/query", "{}").status, 404);
  EXPECT_EQ(client.get("/records/account/0000000000001").status, 404);
  EXPECT_EQ(client.get("/records/account/not-an-id").status, 404);
  EXPECT_EQ(
      client.patch("/records/account/0000000000001", R"({"fields": {"name": "x"}, "base": {}})")
          .status,
      404);
  EXPECT_EQ(client.del("/records/account/0000000000001").status, 404);
}

TEST_F(RecordsApiTest, AChangeNeedsAVersionOrABase) {
  const std::string path = path_of(create("A"));
  EXPECT_EQ(client.patch(path, R"({"fields": {"name": "B"}})").status, 428);
  const ClientResponse changed =
      client.patch(path, R"({"fields": {"name": "B"}})", {{"If-Match", "\"1\""}});
  EXPECT_EQ(changed.status, 200);
  EXPECT_EQ(changed.header("etag"), "\"2\"");
  const ClientResponse stale =
      client.patch(path, R"({"fields": {"name": "C"}})", {{"If-Match", "\"1\""}});
  EXPECT_EQ(stale.status, 412);
  EXPECT_EQ(stale.text_at("code"), "version_conflict");
  EXPECT_EQ(stale.text_at("conflicts/0/field"), "name");
  EXPECT_EQ(stale.text_at("conflicts/0/current"), "B");
  EXPECT_EQ(stale.at("version"), 2);
  EXPECT_EQ(client.patch(path, R"({"fields": {"name": "D"}})", {{"If-Match", "*"}}).status, 200);
  EXPECT_EQ(client.patch(path, R"({"fields": {"name": "E"}})", {{"If-Match", "7"}}).status, 400);
}

TEST_F(RecordsApiTest, EditsOfOtherFieldsMerge) {
  const std::string path = path_of(create("A", R"(, "employees": 10)"));
  ASSERT_EQ(
      client.patch(path, R"({"fields": {"employees": 20}, "base": {"employees": 10}})").status,
      200);
  const ClientResponse merged =
      client.patch(path, R"({"fields": {"name": "B"}, "base": {"name": "A", "employees": 10}})");
  EXPECT_EQ(merged.status, 200);
  EXPECT_EQ(merged.at("fields/employees"), 20);
  const ClientResponse conflict =
      client.patch(path, R"({"fields": {"employees": 30}, "base": {"employees": 10}})");
  EXPECT_EQ(conflict.status, 412);
  EXPECT_EQ(conflict.at("conflicts/0/current"), 20);
}

TEST_F(RecordsApiTest, ImportantFieldsNeedAReason) {
  const std::string path = path_of(create("A", R"(, "registered_capital": "100.00")"));
  const std::string change =
      R"({"fields": {"registered_capital": "200.00"}, "base": {"registered_capital": "100.00"})";
  EXPECT_EQ(client.patch(path, change + "}").status, 422);
  EXPECT_EQ(client.patch(path, change + R"(, "reason": "new licence"})").status, 200);
}

TEST_F(RecordsApiTest, TheTrashGivesBack) {
  const std::string path = path_of(create("A"));
  EXPECT_EQ(client.del(path, R"({"version": 9})").status, 412);
  EXPECT_EQ(client.del(path, R"({"dry_run": true})").status, 204);
  EXPECT_EQ(client.get(path).status, 200);
  EXPECT_EQ(client.del(path).status, 204);
  EXPECT_EQ(client.get(path).status, 404);
  const ClientResponse restored = client.post(path + "/restore");
  EXPECT_EQ(restored.status, 200);
  EXPECT_FALSE(restored.header("etag").empty());
  EXPECT_EQ(client.get(path).status, 200);
}

TEST_F(RecordsApiTest, HistoryTellsWhoAndWhat) {
  const std::string path = path_of(create("A"));
  client.patch(path, R"({"fields": {"name": "B"}, "base": {"name": "A"}})");
  const ClientResponse history = client.get(path + "/history?limit=1");
  EXPECT_EQ(history.status, 200);
  EXPECT_EQ(history.array_at("entries").size(), 1U);
  EXPECT_EQ(history.text_at("entries/0/changes/0/to"), "B");
  EXPECT_TRUE(history.text_at("entries/0/origin/client").starts_with("token:"));
  EXPECT_FALSE(history.text_at("entries/0/origin/request").empty());
  EXPECT_EQ(client.get(path + "/history?limit=0").status, 422);
}

TEST_F(RecordsApiTest, QueriesAndTheirSugarAgree) {
  for (const char* code : {"A", "B", "C"}) {
    ASSERT_EQ(
        create(code, std::string(R"(, "tier": ")") + (*code == 'C' ? "base" : "key") + "\"").status,
        201);
  }
  const ClientResponse sugar =
      client.get("/records/account?tier=key&sort=-code&limit=1&select=code&count=exact");
  ASSERT_EQ(sugar.status, 200);
  EXPECT_EQ(sugar.text_at("records/0/fields/code"), "B");
  EXPECT_EQ(sugar.at("count"), 2);
  EXPECT_EQ(sugar.at("page/has_more"), true);
  const ClientResponse query =
      client.post("/records/account/query",
                  R"({"where": {"op": "eq", "field": "tier", "value": "key"}, "count": "exact",
          "sort": [{"field": "code", "dir": "desc"}], "page": {"limit": 1}, "select": ["code"]})");
  ASSERT_EQ(query.status, 200);
  EXPECT_EQ(query.at("records"), sugar.at("records"));
  const ClientResponse next =
      client.get("/records/account?tier=key&sort=-code&limit=1&select=code&after=" +
                 sugar.text_at("page/next"));
  EXPECT_EQ(next.text_at("records/0/fields/code"), "A");
  EXPECT_EQ(next.at("page/has_more"), false);
}

TEST_F(RecordsApiTest, QueriesSayWhatIsWrong) {
  EXPECT_EQ(client.get("/records/account?no_such=1").text_at("code"), "unknown_field");
  EXPECT_EQ(client.get("/records/account?limit=501").status, 422);
  EXPECT_EQ(client.get("/records/account?after=garbage").status, 400);
  EXPECT_EQ(
      client.post("/records/account/query", R"({"page": {"size": 5}})").text_at("errors/0/pointer"),
      "/page/size");
}

TEST_F(RecordsApiTest, PeopleDoNotChangeUsers) {
  server.add_user("anna");
  ApiClient anna = server.with_token("anna");
  EXPECT_EQ(anna.post("/records/user", R"({"fields": {"login": "x", "name": "x"}})").status, 403);
  EXPECT_EQ(client.post("/records/user", R"({"fields": {"login": "x", "name": "x"}})").status, 201);
  EXPECT_EQ(client.post("/records/user", R"({"fields": {"login": "x", "name": "y"}})").status, 409);
}

}  // namespace
}  // namespace linchpin::inbound
