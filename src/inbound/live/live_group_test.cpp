// What those who listen with a filter are told.

#include <gtest/gtest.h>

#include "inbound/change_retention.h"
#include "inbound/live/test_peer.h"
#include "inbound/testing/test_server.h"
#include "stream/change_log.h"

namespace linchpin::inbound {
namespace {

using testing::ApiClient;
using testing::TestServer;

class LiveGroupTest : public ::testing::Test {
 protected:
  struct Listener {
    std::shared_ptr<FakePeer> peer = std::make_shared<FakePeer>();
    std::shared_ptr<SocketSession> session;
    std::size_t read = 0;
  };

  LiveGroupTest() : client(server.signed_in()) {}

  Listener listen(ApiClient& as, const std::string& subscription) {
    RequestHead head;
    head.headers = {{"cookie", as.cookie()}};
    const auto principal = server.api().identity().authenticate(head);
    Listener listener;
    listener.session = server.api().live().open(*principal, Language::en, listener.peer);
    listener.session->on_text(R"({"subscribe": )" + subscription + "}");
    return listener;
  }
  // What has come since the last call.
  std::vector<json::object> told(Listener& listener) {
    server.api().live().poll();
    const std::vector<std::string> sent = listener.peer->sent();
    std::vector<json::object> messages;
    for (; listener.read < sent.size(); ++listener.read) {
      messages.push_back(*parse_json_object(sent[listener.read]));
    }
    return messages;
  }
  // "type name" of each, names as far as they were sent.
  std::vector<std::string> kinds(Listener& listener) {
    std::vector<std::string> list;
    for (const json::object& message : told(listener)) {
      std::string kind(message.at("type").as_string());
      const json::value* fields = message.if_contains("fields");
      if (fields) kind += " " + std::string(fields->at("name").as_string());
      list.push_back(std::move(kind));
    }
    return list;
  }
  std::string create(const std::string& name, const std::string& more = {}) {
    return create(client, name, more);
  }
  static std::string create(ApiClient& as, const std::string& name, const std::string& more) {
    const auto answer =
        as.post("/records/account",
                R"({"fields": {"code": ")" + name + R"(", "name": ")" + name + "\"" + more + "}}");
    EXPECT_EQ(answer.status, 201) << answer.body;
    return answer.text_at("id");
  }
  void patch(const std::string& object, const std::string& id, const std::string& fields) {
    const auto now = client.get("/records/" + object + "/" + id);
    const auto answer =
        client.patch("/records/" + object + "/" + id, R"({"fields": )" + fields + "}",
                     {{"If-Match", now.header("etag")}});
    EXPECT_EQ(answer.status, 200) << answer.body;
  }

  TestServer server;
  ApiClient client;
};

using Kinds = std::vector<std::string>;

constexpr const char* large_accounts =
    R"({"object":"account","select":["name"],
        "where":{"op":"gt","field":"employees","value":100}})";

TEST_F(LiveGroupTest, RecordsEnterChangeAndLeave) {
  Listener listener = listen(client, large_accounts);
  EXPECT_EQ(kinds(listener), Kinds{"subscribed"});
  create("Small", R"(,"employees":5)");
  const std::string id = create("Large", R"(,"employees":500)");
  EXPECT_EQ(kinds(listener), Kinds{"enter Large"});
  patch("account", id, R"({"name":"Larger"})");
  EXPECT_EQ(kinds(listener), Kinds{"update Larger"});
  patch("account", id, R"({"employees":7})");
  EXPECT_EQ(kinds(listener), Kinds{"leave"});
  patch("account", id, R"({"name":"Unseen"})");
  EXPECT_EQ(kinds(listener), Kinds{});
  patch("account", id, R"({"employees":700})");
  EXPECT_EQ(kinds(listener), Kinds{"enter Unseen"});
  client.del("/records/account/" + id);
  EXPECT_EQ(kinds(listener), Kinds{"leave"});
  client.post("/records/account/" + id + "/restore");
  EXPECT_EQ(kinds(listener), Kinds{"enter Unseen"});
}

TEST_F(LiveGroupTest, AnEventSaysWhatItIsAbout) {
  Listener listener = listen(client, large_accounts);
  const std::string id = create("Large", R"(,"employees":500)");
  const auto enter = told(listener);
  ASSERT_EQ(enter.size(), 2U);
  EXPECT_EQ(enter[1].at("subscription"), enter[0].at("subscription"));
  EXPECT_EQ(enter[1].at("record").as_string(), id);
  EXPECT_EQ(enter[1].at("version"), 1);
  EXPECT_EQ(enter[1].at("fields"), parse_json(R"({"name":"Large"})"));
  patch("account", id, R"({"tier":"base","employees":501})");
  const auto update = told(listener);
  ASSERT_EQ(update.size(), 1U);
  EXPECT_EQ(update[0].at("changed"), parse_json(R"(["tier","employees"])"));
}

// However many entries lie between two looks, a record is told once.
TEST_F(LiveGroupTest, ChangesOfOneTransactionAreOneEvent) {
  const std::string id = create("Large", R"(,"employees":500)");
  Listener listener = listen(client, large_accounts);
  told(listener);
  const auto record = parse_id(id);
  ASSERT_TRUE(server.database().write([&](storage::Connection& connection) -> Status {
    LP_CHECK(connection.execute(storage::Sql("UPDATE account SET employees = 3")));
    const stream::Change first{"account",
                               *record,
                               stream::Operation::update,
                               2,
                               R"([{"field":"employees","from":500,"to":50}])",
                               {}};
    const stream::Change second{"account",
                                *record,
                                stream::Operation::update,
                                3,
                                R"([{"field":"employees","from":50,"to":3}])",
                                {}};
    LP_CHECK(stream::append(connection, {}, server.clock().now(), first));
    LP_CHECK(stream::append(connection, {}, server.clock().now(), second));
    return {};
  }));
  EXPECT_EQ(kinds(listener), Kinds{"leave"});
}

TEST_F(LiveGroupTest, PersonalFieldsAndSecretsStayOut) {
  Listener listener =
      listen(client, R"({"object":"contact","where":null,"select":["name","birthday"]})");
  Listener all =
      listen(client, R"({"object":"contact","where":{"op":"not_empty","field":"name"}})");
  const auto made =
      client.post("/records/contact", R"({"fields":{"name":"王芳","birthday":"1980-05-17"}})");
  ASSERT_EQ(made.status, 201);
  const auto messages = told(listener);
  ASSERT_EQ(messages.size(), 2U);
  EXPECT_EQ(messages[1].at("fields"), parse_json(R"({"name":"王芳","birthday":null})"));
  const auto others = told(all);
  EXPECT_FALSE(others.back().at("fields").as_object().contains("birthday"));
}

TEST_F(LiveGroupTest, EqualWishesShareWhatIsWritten) {
  server.add_user("anna");
  ApiClient anna = server.signed_in("anna");
  Listener first = listen(client, large_accounts);
  Listener second = listen(client, large_accounts);
  Listener other = listen(anna, large_accounts);
  const auto id_of = [&](Listener& listener) {
    return std::string(told(listener).front().at("subscription").as_string());
  };
  const std::string shared = id_of(first);
  EXPECT_EQ(id_of(second), shared);
  EXPECT_NE(id_of(other), shared);
  create("Large", R"(,"employees":500)");
  EXPECT_EQ(kinds(first), Kinds{"enter Large"});
  EXPECT_EQ(kinds(second), Kinds{"enter Large"});
  EXPECT_EQ(kinds(other), Kinds{"enter Large"});
  first.session->on_text(R"({"unsubscribe": {"subscription": ")" + shared + "\"}}");
  create("Larger", R"(,"employees":500)");
  EXPECT_EQ(kinds(first), Kinds{});
  EXPECT_EQ(kinds(second), Kinds{"enter Larger"});
}

TEST_F(LiveGroupTest, ResumesFromASeqOrReadsAnew) {
  const std::string id = create("Large", R"(,"employees":500)");
  const std::string seq = client.get("/changes?limit=1000").text_at("next");
  patch("account", id, R"({"employees":3})");
  create("Larger", R"(,"employees":900)");
  const std::string wish = std::string(large_accounts).substr(1);
  Listener back = listen(client, R"({"since":")" + seq + "\"," + wish);
  EXPECT_EQ(kinds(back), (Kinds{"subscribed", "leave", "enter Larger"}));
  Listener ahead = listen(client, R"({"since":"999999",)" + wish);
  EXPECT_EQ(kinds(ahead), (Kinds{"subscribed", "resync"}));
  server.clock().advance(500 * milliseconds_per_day);
  ApiClient later = server.signed_in();  // the first session has ended meanwhile
  create(later, "New", R"(,"employees":1)");
  ASSERT_TRUE(forget_old_changes(server.database(), server.clock().now(), 400));
  Listener late = listen(later, R"({"since":")" + seq + "\"," + wish);
  EXPECT_EQ(kinds(late), (Kinds{"subscribed", "resync"}));
  EXPECT_EQ(later.get("/changes?since=" + seq).status, 410);
  EXPECT_EQ(later.get("/changes?since=0").status, 410);
  EXPECT_EQ(later.get("/changes").array_at("changes").size(), 1U);
}

TEST_F(LiveGroupTest, ManyRowsAreOneHint) {
  Listener listener = listen(client, R"({"object":"account","where":null,"select":["name"]})");
  told(listener);
  std::vector<RecordId> records;
  for (int i = 1; i <= 201; ++i) records.push_back(RecordId{i});
  ASSERT_TRUE(server.database().write([&](storage::Connection& connection) {
    return stream::append_range(connection, {}, server.clock().now(), "account",
                                stream::Operation::create, records);
  }));
  const auto messages = told(listener);
  ASSERT_EQ(messages.size(), 1U);
  EXPECT_EQ(messages[0].at("type").as_string(), "bulk_changed");
  EXPECT_EQ(messages[0].at("rows"), 201);
}

TEST_F(LiveGroupTest, ALinkedRecordThatDecidesIsTold) {
  const std::string parent = create("Group");
  Listener listener = listen(client, R"({"object":"account","select":["name"],
      "where":{"op":"eq","field":"parent.tier","value":"key"}})");
  EXPECT_EQ(kinds(listener), Kinds{"subscribed"});
  create("Child", R"(,"parent":")" + parent + "\"");
  EXPECT_EQ(kinds(listener), Kinds{});
  patch("account", parent, R"({"tier":"key"})");
  EXPECT_EQ(kinds(listener), Kinds{"bulk_changed"});
  create("Second", R"(,"parent":")" + parent + "\"");
  EXPECT_EQ(kinds(listener), Kinds{"enter Second"});
}

TEST_F(LiveGroupTest, RelativeDatesMoveWithTheDay) {
  Listener listener = listen(client, R"({"object":"account","select":["name"],
      "where":{"op":"within","field":"created_at","value":{"rel":"today"}}})");
  EXPECT_EQ(kinds(listener), Kinds{"subscribed"});
  create("Now");
  EXPECT_EQ(kinds(listener), Kinds{"enter Now"});
  server.clock().advance(milliseconds_per_day);
  ApiClient tomorrow = server.signed_in();  // the first session has ended meanwhile
  create(tomorrow, "Tomorrow", {});
  EXPECT_EQ(kinds(listener), (Kinds{"bulk_changed", "enter Tomorrow"}));
}

TEST_F(LiveGroupTest, WrongWishesAreSaid) {
  for (const char* wrong :
       {R"({"object":"account","where":{"op":"eq","field":"nmae","value":1}})",
        R"({"object":"account","select":["nmae"]})", R"({"object":"no_such","select":["name"]})",
        R"({"object":"account","select":["name"],"fields":[]})"}) {
    Listener listener = listen(client, wrong);
    EXPECT_EQ(kinds(listener), Kinds{"problem"}) << wrong;
  }
}

TEST_F(LiveGroupTest, ASlowListenerIsToldToReadAnew) {
  Listener listener = listen(client, large_accounts);
  told(listener);
  listener.peer->set_full(true);
  create("A", R"(,"employees":500)");
  EXPECT_EQ(kinds(listener), Kinds{});
  listener.peer->set_full(false);
  create("B", R"(,"employees":500)");
  EXPECT_EQ(kinds(listener), Kinds{});
  listener.session->on_drained();
  EXPECT_EQ(kinds(listener), Kinds{"resync"});
  create("C", R"(,"employees":500)");
  EXPECT_EQ(kinds(listener), Kinds{"enter C"});
}

// Somebody with a role under which he sees what is his or was given to him.
class LiveRightsTest : public ::testing::Test {
 protected:
  LiveRightsTest() : server(with_capabilities()), client(server.signed_in()) {
    anna_ = server.add_user("anna", false, "kam");
  }

  static testing::TestServerOptions with_capabilities() {
    testing::TestServerOptions options;
    options.capabilities = true;
    return options;
  }
  std::shared_ptr<SocketSession> listen(const std::shared_ptr<FakePeer>& peer) {
    RequestHead head;
    head.headers = {{"cookie", server.signed_in("anna").cookie()}};
    auto session =
        server.api().live().open(*server.api().identity().authenticate(head), Language::en, peer);
    session->on_text(R"({"subscribe":{"object":"account","select":["name"]}})");
    return session;
  }
  // Until the rights of those who listen have been looked at.
  void look() {
    for (int i = 0; i < LiveHub::polls_between_checks; ++i) server.api().live().poll();
  }
  std::string after_a_minute() {
    const Instant then = server.clock().now() + 60'000;
    JsonWriter out;
    out.instant(then);
    return out.take();
  }

  TestServer server;
  ApiClient client;
  RecordId anna_;
};

TEST_F(LiveRightsTest, AShareThatEndsIsTold) {
  const std::string account =
      client.post("/records/account", R"({"fields":{"code":"A1","name":"A"}})").text_at("id");
  const auto peer = std::make_shared<FakePeer>();
  const auto session = listen(peer);
  const auto shared =
      client.send("PUT", "/api/v1/records/account/" + account + "/shares",
                  {{"content-type", "application/json"}},
                  R"({"shares":[{"principal":")" + format_id(anna_) +
                      R"(","level":"read","expires_at":)" + after_a_minute() + "}]}");
  ASSERT_EQ(shared.status, 200) << shared.body;
  look();
  EXPECT_EQ(peer->sent().size(), 2U);  // the subscription and the share
  server.clock().advance(60'000);
  look();
  ASSERT_EQ(peer->sent().size(), 3U);
  EXPECT_NE(peer->sent().back().find("bulk_changed"), std::string::npos);
  look();
  EXPECT_EQ(peer->sent().size(), 3U);
}

TEST_F(LiveRightsTest, WhoIsNoDeputyAnyMoreHearsNoMore) {
  const RecordId absent = server.add_user("bert", false, "kam");
  const auto named = client.post(
      "/records/deputy",
      R"({"fields":{"user":")" + format_id(absent) + R"(","deputy":")" + format_id(anna_) +
          R"(","starts_at":"2020-01-01T00:00:00Z","ends_at":)" + after_a_minute() + "}}");
  ASSERT_EQ(named.status, 201) << named.body;
  const auto peer = std::make_shared<FakePeer>();
  const auto session = listen(peer);
  server.api().live().poll();
  EXPECT_FALSE(peer->closed());
  server.clock().advance(60'000);
  for (int i = 0; i < LiveHub::polls_between_jobs; ++i) server.api().live().poll();
  EXPECT_TRUE(peer->closed());
}

}  // namespace
}  // namespace linchpin::inbound
