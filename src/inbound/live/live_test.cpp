// Live pages over a real WebSocket.

#include <gtest/gtest.h>

#include "inbound/live/test_peer.h"
#include "inbound/testing/test_server.h"
#include "stream/change_log.h"

namespace linchpin::inbound {
namespace {

using testing::ApiClient;
using testing::SocketClient;
using testing::TestServer;

constexpr const char* live_path = "/api/v1/live";

class LiveTest : public ::testing::Test {
 protected:
  LiveTest() : server(with_jobs()), client(server.signed_in()) {}

  static testing::TestServerOptions with_jobs() {
    testing::TestServerOptions options;
    options.job_kinds = [](jobs::Jobs& jobs) {
      jobs.kind("count", [](jobs::JobContext& context) {
        context.show(1, 1);
        return Result<json::object>(json::object());
      });
    };
    return options;
  }
  int open(SocketClient& socket, ApiClient& as) {
    return socket.open(server.port(), live_path, {{"Cookie", as.cookie()}});
  }
  std::string create(const std::string& code) {
    return client
        .post("/records/account",
              R"({"fields": {"code": ")" + code + R"(", "name": ")" + code + "\"}}")
        .text_at("id");
  }
  static std::string text(const std::optional<json::object>& message, std::string_view name) {
    if (!message) return "no message";
    const json::value* value = message->if_contains(name);
    return value && value->is_string() ? std::string(std::string_view(value->get_string())) : "";
  }

  TestServer server;
  ApiClient client;
};

TEST_F(LiveTest, TellsWhichObjectChanged) {
  SocketClient socket;
  ASSERT_EQ(open(socket, client), 101);
  socket.send(R"({"subscribe": {"object": "account"}})");
  const auto ready = socket.receive();
  ASSERT_EQ(text(ready, "type"), "subscribed");
  EXPECT_EQ(text(ready, "object"), "account");
  create("A");
  const auto changed = socket.receive();
  EXPECT_EQ(text(changed, "type"), "changed");
  EXPECT_EQ(text(changed, "object"), "account");
  EXPECT_GT(std::stoll(text(changed, "seq")), std::stoll(text(ready, "seq")));
}

TEST_F(LiveTest, OnlyWhatWasSubscribedTo) {
  SocketClient socket;
  ASSERT_EQ(open(socket, client), 101);
  socket.send(R"({"subscribe": {"object": "contact"}})");
  ASSERT_EQ(text(socket.receive(), "type"), "subscribed");
  create("A");
  client.post("/records/contact", R"({"fields": {"name": "王芳"}})");
  EXPECT_EQ(text(socket.receive(), "object"), "contact");
}

TEST_F(LiveTest, ResumesFromASeq) {
  create("A");
  SocketClient socket;
  ASSERT_EQ(open(socket, client), 101);
  socket.send(R"({"subscribe": {"object": "account", "since": "0"}})");
  EXPECT_EQ(text(socket.receive(), "type"), "subscribed");
  EXPECT_EQ(text(socket.receive(), "type"), "changed");
  socket.send(R"({"subscribe": {"object": "contact", "since": "999999"}})");
  EXPECT_EQ(text(socket.receive(), "type"), "subscribed");
  EXPECT_EQ(text(socket.receive(), "type"), "resync");
}

TEST_F(LiveTest, FollowsAJobToItsEnd) {
  const auto me = parse_id(client.get("/session").text_at("user/id"));
  ASSERT_TRUE(me);
  SocketClient socket;
  ASSERT_EQ(open(socket, client), 101);
  const auto job = server.jobs().submit("count", {}, *me);
  ASSERT_TRUE(job);
  socket.send(R"({"subscribe": {"job": ")" + format_id(*job) + R"("}})");
  std::optional<json::object> message = socket.receive();
  while (message && text(message, "state") != "done") message = socket.receive();
  EXPECT_EQ(text(message, "type"), "job");
  EXPECT_EQ(text(message, "id"), format_id(*job));
  EXPECT_EQ(text(message, "kind"), "count");
}

TEST_F(LiveTest, SaysWhatItCannotDo) {
  SocketClient socket;
  ASSERT_EQ(open(socket, client), 101);
  for (const char* wrong :
       {"not json", R"({"listen": {}})", R"({"subscribe": {"object": "no_such"}})",
        R"({"subscribe": {"job": "0000000000001"}})", R"({"subscribe": {"job": "x"}})",
        R"({"subscribe": {"object": "account", "since": "x"}})"}) {
    socket.send(wrong);
    EXPECT_EQ(text(socket.receive(), "type"), "problem") << wrong;
  }
}

TEST_F(LiveTest, SubscriptionsEnd) {
  SocketClient socket;
  ASSERT_EQ(open(socket, client), 101);
  for (const char* object : {"account", "contact", "user", "department", "account"}) {
    socket.send(std::string(R"({"subscribe": {"object": ")") + object + R"("}})");
    EXPECT_EQ(text(socket.receive(), "type"), "subscribed");
  }
  socket.send(R"({"unsubscribe": {"object": "account", "job": "0000000000001"}})");
  create("A");
  client.post("/records/contact", R"({"fields": {"name": "王芳"}})");
  EXPECT_EQ(text(socket.receive(), "object"), "contact");
}

TEST_F(LiveTest, StrangersAndForeignPagesAreRefused) {
  SocketClient nobody;
  EXPECT_EQ(nobody.open(server.port(), live_path, {}), 401);
  SocketClient foreign;
  EXPECT_EQ(foreign.open(server.port(), live_path,
                         {{"Cookie", client.cookie()}, {"Origin", "https://evil.example"}}),
            403);
  SocketClient own;
  EXPECT_EQ(own.open(server.port(), live_path,
                     {{"Cookie", client.cookie()},
                      {"Origin", "http://127.0.0.1:" + std::to_string(server.port())}}),
            101);
  SocketClient elsewhere;
  EXPECT_EQ(elsewhere.open(server.port(), "/api/v1/other", {{"Cookie", client.cookie()}}), 404);
}

TEST_F(LiveTest, WhoIsDisabledHearsNoMore) {
  const RecordId anna_id = server.add_user("anna");
  ApiClient anna = server.signed_in("anna");
  SocketClient socket;
  ASSERT_EQ(open(socket, anna), 101);
  socket.send(R"({"subscribe": {"object": "account"}})");
  ASSERT_EQ(text(socket.receive(), "type"), "subscribed");
  ASSERT_EQ(client
                .patch("/records/user/" + format_id(anna_id),
                       R"({"fields": {"active": false}, "base": {"active": true}})")
                .status,
            200);
  EXPECT_FALSE(socket.receive());
}

TEST_F(LiveTest, ASlowListenerIsToldToReadAnew) {
  RequestHead head;
  head.headers = {{"cookie", client.cookie()}};
  const auto principal = server.api().identity().authenticate(head);
  ASSERT_TRUE(principal);
  const auto peer = std::make_shared<FakePeer>();
  const auto session = server.api().live().open(*principal, Language::en, peer);
  session->on_text(R"({"subscribe": {"object": "account"}})");
  ASSERT_EQ(peer->sent().size(), 1U);
  peer->set_full(true);
  create("A");
  server.api().live().poll();
  peer->set_full(false);
  create("B");
  server.api().live().poll();
  EXPECT_EQ(peer->sent().size(), 1U);
  session->on_drained();
  ASSERT_EQ(peer->sent().size(), 2U);
  EXPECT_NE(peer->sent()[1].find("\"type\":\"resync\""), std::string::npos);
  create("C");
  server.api().live().poll();
  ASSERT_EQ(peer->sent().size(), 3U);
  EXPECT_NE(peer->sent()[2].find("\"type\":\"changed\""), std::string::npos);
}

TEST_F(LiveTest, ManyChangesAreOneHint) {
  RequestHead head;
  head.headers = {{"cookie", client.cookie()}};
  const auto principal = server.api().identity().authenticate(head);
  ASSERT_TRUE(principal);
  const auto peer = std::make_shared<FakePeer>();
  const auto session = server.api().live().open(*principal, Language::en, peer);
  session->on_text(R"({"subscribe": {"object": "account"}})");
  auto written = server.database().write([&](storage::Connection& connection) -> Status {
    for (int i = 1; i <= 10; ++i) {
      const stream::Change change{"account", RecordId{i}, stream::Operation::update, 2, {}, {}};
      LP_CHECK(stream::append(connection, {}, server.clock().now(), change));
    }
    return {};
  });
  ASSERT_TRUE(written);
  server.api().live().poll();
  EXPECT_EQ(peer->sent().size(), 2U);
}

TEST_F(LiveTest, APlainRequestIsToldToUpgrade) {
  const auto answer = client.get("/live");
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(answer.text_at("reason"), "expected_websocket");
}

}  // namespace
}  // namespace linchpin::inbound
