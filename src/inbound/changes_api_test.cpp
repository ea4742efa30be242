#include "inbound/changes_api.h"

#include <gtest/gtest.h>

#include "inbound/testing/test_server.h"
#include "stream/change_log.h"

namespace linchpin::inbound {
namespace {

using testing::ApiClient;
using testing::ClientResponse;
using testing::TestServer;

class ChangesApiTest : public ::testing::Test {
 protected:
  ChangesApiTest() : client(server.with_token()) {
    start = client.get("/changes?limit=1000").text_at("next");
  }

  std::string create(const std::string& code) {
    return client
        .post("/records/account",
              R"({"fields": {"code": ")" + code + R"(", "name": ")" + code + "\"}}")
        .text_at("id");
  }
  ClientResponse changes(const std::string& query = {}) {
    return client.get("/changes?since=" + start + query);
  }
  // One entry for records 1 … count, as a bulk slice writes it.
  void append_range(int count) {
    std::vector<RecordId> records;
    for (int i = 1; i <= count; ++i) records.push_back(RecordId{i});
    const auto written = server.database().write([&](storage::Connection& connection) {
      return stream::append_range(connection, {}, server.clock().now(), "account",
                                  stream::Operation::create, records);
    });
    ASSERT_TRUE(written);
  }

  TestServer server;
  ApiClient client;
  std::string start;
};

TEST_F(ChangesApiTest, TellsWhatHappenedInOrder) {
  const std::string id = create("A");
  client.patch("/records/account/" + id,
               R"({"fields": {"name": "B"}, "base": {"name": "A"}, "reason": "renamed"})");
  client.del("/records/account/" + id);
  const ClientResponse answer = changes();
  ASSERT_EQ(answer.status, 200);
  ASSERT_EQ(answer.array_at("changes").size(), 3U);
  EXPECT_EQ(answer.text_at("changes/0/op"), "create");
  EXPECT_EQ(answer.text_at("changes/0/record"), id);
  EXPECT_EQ(answer.text_at("changes/0/object"), "account");
  EXPECT_EQ(answer.array_at("changes/0/changes").size(), 0U);
  EXPECT_EQ(answer.text_at("changes/1/op"), "update");
  EXPECT_EQ(answer.at("changes/1/version"), 2);
  EXPECT_EQ(answer.text_at("changes/1/changes/0/field"), "name");
  EXPECT_EQ(answer.text_at("changes/1/changes/0/from"), "A");
  EXPECT_EQ(answer.text_at("changes/1/changes/0/to"), "B");
  EXPECT_EQ(answer.text_at("changes/1/reason"), "renamed");
  EXPECT_EQ(answer.text_at("changes/1/actor/kind"), "user");
  EXPECT_EQ(answer.text_at("changes/2/op"), "delete");
  EXPECT_EQ(answer.at("has_more"), false);
  EXPECT_EQ(answer.text_at("next"), answer.text_at("changes/2/seq"));
}

TEST_F(ChangesApiTest, PagesWithoutLosingOrRepeating) {
  for (const char* code : {"A", "B", "C"}) create(code);
  const ClientResponse first = changes("&limit=2");
  EXPECT_EQ(first.at("has_more"), true);
  start = first.text_at("next");
  const ClientResponse second = changes("&limit=2");
  EXPECT_EQ(second.array_at("changes").size(), 1U);
  EXPECT_EQ(second.at("has_more"), false);
}

TEST_F(ChangesApiTest, ARangeIsTakenApartAcrossPages) {
  create("A");
  append_range(5);
  create("B");
  std::vector<std::string> records;
  ClientResponse page = changes("&limit=2");
  while (true) {
    for (const json::value& change : page.array_at("changes")) {
      records.emplace_back(std::string_view(change.at("record").as_string()));
    }
    if (page.at("has_more") != true) break;
    ASSERT_LT(records.size(), 20U);
    start = page.text_at("next");
    page = changes("&limit=2");
  }
  ASSERT_EQ(records.size(), 7U);
  for (int i = 1; i <= 5; ++i) {
    EXPECT_EQ(records[static_cast<std::size_t>(i)], format_id(RecordId{i}));
  }
}

TEST_F(ChangesApiTest, OneObjectOnly) {
  create("A");
  client.post("/records/contact", R"({"fields": {"name": "王芳"}})");
  const ClientResponse answer = changes("&object=contact");
  ASSERT_EQ(answer.array_at("changes").size(), 1U);
  EXPECT_EQ(answer.text_at("changes/0/object"), "contact");
  EXPECT_EQ(changes("&object=no_such").status, 404);
}

TEST_F(ChangesApiTest, PersonalValuesStayOut) {
  const std::string id =
      client.post("/records/contact", R"({"fields": {"name": "王芳"}})").text_at("id");
  const ClientResponse patched =
      client.patch("/records/contact/" + id,
                   R"({"fields": {"birthday": "1980-05-17"}, "base": {"birthday": null}})");
  ASSERT_EQ(patched.status, 200);
  const ClientResponse answer = changes("&object=contact");
  EXPECT_EQ(answer.text_at("changes/1/changes/0/field"), "birthday");
  EXPECT_EQ(answer.at("changes/1/changes/0/hidden"), true);
  EXPECT_EQ(answer.body.find("1980"), std::string::npos);
  EXPECT_EQ(answer.body.find("sealed"), std::string::npos);
}

TEST_F(ChangesApiTest, AskingWronglyIsSaid) {
  EXPECT_EQ(client.get("/changes?since=x").status, 400);
  EXPECT_EQ(client.get("/changes?since=1.0").status, 400);
  EXPECT_EQ(client.get("/changes?limit=1001").status, 422);
  const ClientResponse ahead = client.get("/changes?since=999999");
  EXPECT_EQ(ahead.status, 410);
  EXPECT_EQ(ahead.text_at("code"), "resync");
}

}  // namespace
}  // namespace linchpin::inbound
