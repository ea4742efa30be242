#include "inbound/idempotency.h"

#include <gtest/gtest.h>

#include "inbound/testing/test_server.h"

namespace linchpin::inbound {
namespace {

using testing::ApiClient;
using testing::ClientHeaders;
using testing::ClientResponse;
using testing::TestServer;

TEST(IdsAndVersions, KeepsNothingElse) {
  EXPECT_EQ(ids_and_versions(R"({"id":"A","version":2,"fields":{"name":"x"},"can":["update"]})"),
            R"({"id":"A","version":2})");
  EXPECT_EQ(ids_and_versions(R"({"results":[{"id":"A","version":1,"x":1},{"y":2},{"id":"B"}]})"),
            R"({"results":[{"id":"A","version":1},{"id":"B"}]})");
  EXPECT_EQ(ids_and_versions("[1,2]"), "{}");
}

class IdempotencyTest : public ::testing::Test {
 protected:
  IdempotencyTest() : client(server.with_token()) {}

  ClientResponse create(const std::string& code, const std::string& key,
                        const std::string& more = {}) {
    return client.post("/records/account",
                       R"({"fields": {"code": ")" + code + R"(", "name": "x")" + more + "}}",
                       {{"Idempotency-Key", key}});
  }
  std::size_t accounts() {
    return client.get("/records/account?limit=500").array_at("records").size();
  }

  TestServer server;
  ApiClient client;
};

TEST_F(IdempotencyTest, ARepeatedRequestGetsTheFirstAnswer) {
  const ClientResponse first = create("A", "key-1");
  ASSERT_EQ(first.status, 201);
  EXPECT_EQ(first.header("idempotency-replayed"), "");
  const ClientResponse again = create("A", "key-1");
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(again.header("idempotency-replayed"), "true");
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(again.header("etag"), first.header("etag"));
  EXPECT_EQ(again.header("location"), first.header("location"));
  EXPECT_EQ(accounts(), 1U);
}

TEST_F(IdempotencyTest, AnotherBodyUnderTheSameKeyIsRefused) {
  ASSERT_EQ(create("A", "key-1").status, 201);
  const ClientResponse other = create("B", "key-1");
  EXPECT_EQ(other.status, 422);
  EXPECT_EQ(other.text_at("code"), "idempotency_mismatch");
  EXPECT_EQ(accounts(), 1U);
}

TEST_F(IdempotencyTest, KeysBelongToCallerAndPath) {
  const std::string id = create("A", "key-1").text_at("id");
  server.add_user("anna");
  ApiClient anna = server.with_token("anna");
  const std::string body = R"({"fields": {"code": "A", "name": "x"}})";
  EXPECT_EQ(anna.post("/records/account", body, {{"Idempotency-Key", "key-1"}}).status, 409);
  const ClientResponse patched =
      client.patch("/records/account/" + id, R"({"fields": {"name": "y"}, "base": {"name": "x"}})",
                   {{"Idempotency-Key", "key-1"}});
  EXPECT_EQ(patched.status, 200);
  EXPECT_EQ(patched.header("idempotency-replayed"), "");
}

TEST_F(IdempotencyTest, AFailureIsNotKept) {
  const std::string wrong = R"({"fields": {"code": "A"}})";
  EXPECT_EQ(client.post("/records/account", wrong, {{"Idempotency-Key", "key-1"}}).status, 422);
  EXPECT_EQ(create("A", "key-1").status, 201);
}

TEST_F(IdempotencyTest, KeysEndAfterADayAndAreRemoved) {
  ASSERT_EQ(create("A", "key-1").status, 201);
  server.clock().advance(Idempotency::kept_for - 1);
  EXPECT_EQ(create("A", "key-1").header("idempotency-replayed"), "true");
  server.clock().advance(1);
  EXPECT_EQ(create("B", "key-1").status, 201);
  EXPECT_EQ(create("C", "key-2").status, 201);
  const auto kept = server.database().read([](storage::Connection& connection) {
    return query_integer(connection, storage::Sql("SELECT count(*) FROM lp_idempotency"), -1);
  });
  EXPECT_EQ(*kept, 2);
}

TEST_F(IdempotencyTest, ALargeAnswerIsKeptAsIdAndVersion) {
  const std::string name(Idempotency::max_answer_bytes, 'n');
  const std::string body = R"({"fields": {"code": "A", "name": ")" + name + R"("}})";
  const ClientHeaders key{{"Idempotency-Key", "key-1"}};
  const ClientResponse first = client.post("/records/account", body, key);
  ASSERT_EQ(first.status, 201);
  const ClientResponse again = client.post("/records/account", body, key);
  EXPECT_EQ(again.header("idempotency-replayed"), "true");
  EXPECT_EQ(again.body, R"({"id":")" + first.text_at("id") + R"(","version":1})");
}

TEST_F(IdempotencyTest, OtherWritesAreKeptAfterThem) {
  const ClientHeaders key{{"Idempotency-Key", "key-1"}};
  const std::string body = R"({"name": "ERP", "scope": "read"})";
  const ClientResponse first = client.post("/tokens", body, key);
  ASSERT_EQ(first.status, 201);
  EXPECT_EQ(client.post("/tokens", body, key).body, first.body);
}

TEST_F(IdempotencyTest, AnswersLieSealedInTheDatabase) {
  ASSERT_EQ(create("SECRET-CODE", "key-1").status, 201);
  const Status read = server.database().read([](storage::Connection& connection) -> Status {
    LP_TRY(const auto row, connection.prepare(storage::Sql("SELECT answer FROM lp_idempotency")));
    LP_TRY(const bool found, row->step());
    EXPECT_TRUE(found);
    EXPECT_FALSE(row->blob(0).empty());
    EXPECT_EQ(row->blob(0).find("SECRET-CODE"), std::string::npos);
    return {};
  });
  EXPECT_TRUE(read);
}

TEST_F(IdempotencyTest, KeysArePlainAndShort) {
  EXPECT_EQ(create("A", std::string(256, 'k')).text_at("reason"), "wrong_idempotency_key");
  EXPECT_EQ(create("A", std::string(255, 'k')).status, 201);
}

TEST_F(IdempotencyTest, ASecondRequestInFlightIsToldToWait) {
  Key key{};
  Idempotency store(server.database(), server.clock(), key);
  Request request;
  request.head.method = Method::post;
  request.head.path = "/x";
  auto first = store.begin(RecordId{1}, request, "k");
  ASSERT_TRUE(first);
  const auto second = store.begin(RecordId{1}, request, "k");
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::idempotency_in_flight);
  EXPECT_TRUE(second.error().retryable());
  EXPECT_TRUE(store.begin(RecordId{2}, request, "k"));
  first->ticket.reset();
  EXPECT_TRUE(store.begin(RecordId{1}, request, "k"));
}

}  // namespace
}  // namespace linchpin::inbound
