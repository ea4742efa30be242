// Who is told where others are.

#include "inbound/live/presence.h"

#include <gtest/gtest.h>

#include "inbound/live/test_peer.h"
#include "inbound/testing/test_server.h"

namespace linchpin::inbound {
namespace {

using testing::ApiClient;
using testing::TestServer;
using testing::TestServerOptions;

class PresenceTest : public ::testing::Test {
 protected:
  struct Window {
    std::shared_ptr<FakePeer> peer = std::make_shared<FakePeer>();
    std::shared_ptr<SocketSession> session;
  };

  PresenceTest() : server(options()), admin(server.signed_in()) {}

  static TestServerOptions options() {
    TestServerOptions options;
    options.capabilities = true;
    return options;
  }
  Window open(ApiClient& as) {
    RequestHead head;
    head.headers = {{"cookie", as.cookie()}};
    Window window;
    window.session = server.api().live().open(*server.api().identity().authenticate(head),
                                              Language::en, window.peer);
    return window;
  }
  static void go(Window& window, const std::string& place) {
    window.session->on_text(R"({"presence":)" + place + "}");
  }
  // The people of the last message; what is no message of people is told as it is.
  json::value people(const Window& window) {
    for (int i = 0; i < LiveHub::polls_between_jobs; ++i) server.api().live().poll();
    const std::vector<std::string> sent = window.peer->sent();
    if (sent.empty()) return nullptr;
    const json::object last = *parse_json_object(sent.back());
    return last.at("type") == "presence" ? last.at("people") : json::value(last);
  }
  std::string account(ApiClient& as, const std::string& code) {
    return as
        .post("/records/account", R"({"fields":{"code":")" + code + R"(","name":")" + code + "\"}}")
        .text_at("id");
  }

  TestServer server;
  ApiClient admin;
};

TEST_F(PresenceTest, SaysWhoIsAtTheSameObjectAndWhere) {
  server.add_user("anna");
  ApiClient anna = server.signed_in("anna");
  const std::string id = account(admin, "A1");
  Window mine = open(admin);
  Window hers = open(anna);
  go(mine, R"({"object":"account"})");
  EXPECT_EQ(people(mine), json::array());
  go(hers, R"({"object":"account","record":")" + id + R"(","field":"name","editing":true})");
  const json::value told = people(mine);
  ASSERT_EQ(told.as_array().size(), 1U);
  EXPECT_EQ(told.at(0).at("name"), "anna");
  EXPECT_EQ(told.at(0).at("record").as_string(), id);
  EXPECT_EQ(told.at(0).at("field"), "name");
  EXPECT_EQ(told.at(0).at("editing"), true);
  ASSERT_EQ(people(hers).as_array().size(), 1U);
  EXPECT_FALSE(people(hers).at(0).as_object().contains("record"));
  go(hers, R"({"object":"contact"})");
  EXPECT_EQ(people(mine), json::array());
  go(hers, R"({"object":"account"})");
  EXPECT_EQ(people(mine).as_array().size(), 1U);
  hers.session->on_closed();
  EXPECT_EQ(people(mine), json::array());
}

TEST_F(PresenceTest, ToldOnceAndNotToOneself) {
  Window one = open(admin);
  Window other = open(admin);
  go(one, R"({"object":"account"})");
  go(other, R"({"object":"account"})");
  EXPECT_EQ(people(one), json::array());
  EXPECT_EQ(people(other), json::array());
  EXPECT_EQ(one.peer->sent().size(), 1U);
}

TEST_F(PresenceTest, TellsNothingOfRecordsThatOneMayNotSee) {
  server.add_user("lena", false, "kam");
  ApiClient lena = server.signed_in("lena");
  const std::string own = account(lena, "OWN");
  const std::string foreign = account(admin, "FOREIGN");
  Window hers = open(lena);
  Window mine = open(admin);
  go(hers, R"({"object":"account"})");
  go(mine, R"({"object":"account","record":")" + foreign + R"(","field":"name","editing":true})");
  const json::value told = people(hers);
  ASSERT_EQ(told.as_array().size(), 1U);
  EXPECT_EQ(told.at(0).as_object().size(), 2U) << json::serialize(told);  // user and name
  go(mine, R"({"object":"account","record":")" + own + "\"}");
  EXPECT_EQ(people(hers).at(0).at("record").as_string(), own);
}

TEST_F(PresenceTest, OneCannotBeWhereOneMayNotLook) {
  server.add_user("lena", false, "kam");
  ApiClient lena = server.signed_in("lena");
  const std::string foreign = account(admin, "FOREIGN");
  Window hers = open(lena);
  for (const std::string& place :
       {R"({"object":"account","record":")" + foreign + "\"}", std::string(R"({"object":"role"})"),
        std::string(R"({"object":"account","record":"x"})"), std::string(R"({"row":1})")}) {
    go(hers, place);
    EXPECT_EQ(people(hers).at("type"), "problem") << place;
  }
}

}  // namespace
}  // namespace linchpin::inbound
