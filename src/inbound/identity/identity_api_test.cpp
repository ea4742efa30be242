// Sign-in, sessions, tokens and passwords through the real server.

#include <gtest/gtest.h>

#include <thread>

#include "base/crypto.h"
#include "inbound/testing/test_server.h"

namespace linchpin::inbound {
namespace {

using testing::ApiClient;
using testing::ClientResponse;
using testing::TestServer;

class IdentityApi : public ::testing::Test {
 protected:
  TestServer server;
};

TEST_F(IdentityApi, SignInGivesTheUserACookieAndACsrfToken) {
  ApiClient client = server.stranger();
  const ClientResponse answer = client.sign_in("admin", TestServer::password);
  ASSERT_EQ(answer.status, 200);
  EXPECT_EQ(answer.text_at("user/login"), "admin");
  EXPECT_EQ(answer.at("user/administrator"), true);
  EXPECT_EQ(answer.text_at("user/id").size(), id_text_size);
  EXPECT_FALSE(answer.text_at("csrf_token").empty());
  const std::string cookie = answer.header("set-cookie");
  for (const char* part :
       {"linchpin_session=", "; HttpOnly", "; SameSite=Lax", "; Path=/", "; Max-Age=604800"}) {
    EXPECT_NE(cookie.find(part), std::string::npos) << part << " in " << cookie;
  }
  EXPECT_EQ(cookie.find("Secure"), std::string::npos);

  const ClientResponse session = client.get("/session");
  EXPECT_EQ(session.status, 200);
  EXPECT_EQ(session.text_at("csrf_token"), client.csrf());
}

TEST_F(IdentityApi, EverySignInIsAnotherSession) {
  ApiClient client = server.stranger();
  client.sign_in("admin", TestServer::password);
  const std::string first = client.cookie();
  client.sign_in("admin", TestServer::password);
  EXPECT_NE(client.cookie(), first);
}

TEST_F(IdentityApi, WrongLoginAndWrongPasswordLookTheSame) {
  ApiClient client = server.stranger();
  client.use_language("en");
  const ClientResponse password = client.sign_in("admin", "wrong password 1");
  const ClientResponse login = client.sign_in("nobody", "wrong password 1");
  for (const ClientResponse& answer : {password, login}) {
    EXPECT_EQ(answer.status, 401);
    EXPECT_EQ(answer.text_at("code"), "unauthenticated");
    EXPECT_EQ(answer.text_at("reason"), "wrong_login_or_password");
    EXPECT_EQ(answer.text_at("detail"), "The login or the password is not right.");
    EXPECT_EQ(answer.header("set-cookie"), "");
  }
  EXPECT_EQ(password.object().size(), login.object().size());
}

TEST_F(IdentityApi, TheDisabledCannotSignInAndAreOutAtOnce) {
  const RecordId anna = server.add_user("anna");
  ApiClient client = server.signed_in("anna");
  ApiClient token = server.with_token("anna");
  ASSERT_EQ(client.get("/session").status, 200);
  ASSERT_EQ(token.get("/session").status, 200);
  ApiClient admin = server.signed_in();
  const std::string path = "/records/user/" + format_id(anna);
  ASSERT_EQ(admin.patch(path, R"({"fields": {"active": false}, "base": {"active": true}})").status,
            200);
  EXPECT_EQ(client.get("/session").status, 401);
  EXPECT_EQ(token.get("/session").status, 401);
  EXPECT_EQ(server.stranger().sign_in("anna", TestServer::password).status, 401);
}

TEST_F(IdentityApi, ALoginLocksAfterFiveFailuresEvenForTheRightPassword) {
  for (const std::string login : {"admin", "nobody"}) {
    ApiClient client = server.stranger();
    for (int i = 0; i < 5; ++i) EXPECT_EQ(client.sign_in(login, "wrong password").status, 401);
    const ClientResponse locked = client.sign_in(login, TestServer::password);
    EXPECT_EQ(locked.status, 429) << login;
    EXPECT_EQ(locked.text_at("code"), "rate_limited");
    EXPECT_EQ(locked.at("retryable"), true);
    EXPECT_EQ(locked.header("retry-after"), "300");
  }
  server.clock().advance(SignInGuard::first_lock);
  EXPECT_EQ(server.stranger().sign_in("admin", TestServer::password).status, 200);
}

TEST_F(IdentityApi, SignInReadsItsBodyStrictly) {
  ApiClient client = server.stranger();
  EXPECT_EQ(client.post("/session", R"({"login": "admin"})").status, 400);
  EXPECT_EQ(client.post("/session", R"({"login": "admin", "password": 1})").status, 400);
  EXPECT_EQ(client.post("/session", R"({"login": "a", "password": "b", "x": 1})")
                .text_at("errors/0/pointer"),
            "/x");
  EXPECT_EQ(client.post("/session", "{").text_at("reason"), "broken_json");
  EXPECT_EQ(client.send("POST", "/api/v1/session", {{"Content-Type", "text/plain"}}, "{}").status,
            415);
}

TEST_F(IdentityApi, SignOutEndsTheSession) {
  ApiClient client = server.signed_in();
  const ClientResponse out = client.del("/session");
  EXPECT_EQ(out.status, 204);
  EXPECT_NE(out.header("set-cookie").find("Max-Age=0"), std::string::npos);
  EXPECT_EQ(client.get("/session").status, 401);
}

TEST_F(IdentityApi, ASessionEndsWhenNobodyUsesIt) {
  ApiClient client = server.signed_in();
  server.clock().advance(session_idle_time - 1);
  EXPECT_EQ(client.get("/session").status, 200);
  server.clock().advance(session_idle_time - 1);
  EXPECT_EQ(client.get("/session").status, 200);
  server.clock().advance(session_idle_time);
  EXPECT_EQ(client.get("/session").status, 401);
}

TEST_F(IdentityApi, ASessionEndsAtLastHoweverMuchItIsUsed) {
  ApiClient client = server.signed_in();
  constexpr std::int64_t step = session_idle_time / 2;
  for (std::int64_t age = step; age < session_longest_time; age += step) {
    server.clock().advance(step);
    EXPECT_EQ(client.get("/session").status, 200) << age;
  }
  server.clock().advance(step);
  EXPECT_EQ(client.get("/session").status, 401);
}

TEST_F(IdentityApi, UseIsRememberedAcrossARestart) {
  ApiClient client = server.signed_in();
  server.clock().advance(session_idle_time / 2);
  ASSERT_EQ(client.get("/session").status, 200);
  // Another process knows only what is stored.
  IdGenerator ids(server.clock(), 2);
  Identity elsewhere(server.records(), server.clock(), ids);
  server.clock().advance(session_idle_time / 2 + minute);
  RequestHead head;
  head.headers = {{"cookie", client.cookie()}};
  EXPECT_TRUE(elsewhere.authenticate(head, Identity::Purpose::look));
}

TEST_F(IdentityApi, WritesWithACookieNeedTheCsrfToken) {
  ApiClient client = server.signed_in();
  client.forget_csrf();
  const ClientResponse refused = client.post("/tokens", R"({"name": "x", "scope": "read"})");
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(refused.text_at("reason"), "csrf_token_missing");
  EXPECT_EQ(client.post("/tokens", R"({"name": "x", "scope": "read"})", {{"X-CSRF-Token", "guess"}})
                .status,
            403);
  EXPECT_EQ(client.del("/session").status, 403);
  EXPECT_EQ(client.post("/records/account/query", "{}").status, 200);
  EXPECT_EQ(client.get("/session").status, 200);
}

TEST_F(IdentityApi, TokensActForTheirUserUntilTheyAreDeleted) {
  ApiClient client = server.signed_in();
  const ClientResponse made = client.post("/tokens", R"({"name": "ERP", "scope": "write"})");
  ASSERT_EQ(made.status, 201);
  const std::string text = made.text_at("token");
  EXPECT_TRUE(text.starts_with("lpt_"));
  EXPECT_TRUE(made.at("expires_at").is_null());

  ApiClient machine = server.stranger();
  machine.use_token(text);
  EXPECT_EQ(machine.get("/session").text_at("user/login"), "admin");
  EXPECT_TRUE(machine.get("/session").at("csrf_token").is_null());
  EXPECT_EQ(machine.post("/records/account", R"({"fields": {"code": "T", "name": "T"}})").status,
            201);

  const ClientResponse listed = client.get("/tokens");
  EXPECT_EQ(listed.text_at("tokens/0/name"), "ERP");
  EXPECT_EQ(listed.body.find(text), std::string::npos);
  EXPECT_EQ(client.del("/tokens/" + made.text_at("id")).status, 204);
  EXPECT_EQ(machine.get("/session").status, 401);
  EXPECT_EQ(client.del("/tokens/" + made.text_at("id")).status, 404);
}

TEST_F(IdentityApi, NobodyDeletesTheTokenOfAnother) {
  server.add_user("anna");
  ApiClient anna = server.signed_in("anna");
  const ClientResponse made = anna.post("/tokens", R"({"name": "mine", "scope": "read"})");
  ASSERT_EQ(made.status, 201);
  EXPECT_EQ(server.signed_in().del("/tokens/" + made.text_at("id")).status, 404);
}

TEST_F(IdentityApi, ATokenOfScopeReadOnlyReads) {
  ApiClient reader = server.with_token("admin", false);
  EXPECT_EQ(reader.get("/records/account").status, 200);
  EXPECT_EQ(reader.post("/records/account/query", "{}").status, 200);
  const ClientResponse refused =
      reader.post("/records/account", R"({"fields": {"code": "T", "name": "T"}})");
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(refused.text_at("reason"), "token_only_reads");
}

TEST_F(IdentityApi, ATokenEndsAtItsTime) {
  ApiClient client = server.signed_in();
  const std::string soon = format_instant(server.clock().now() + minute);
  const ClientResponse made = client.post(
      "/tokens", R"({"name": "short", "scope": "read", "expires_at": ")" + soon + R"("})");
  ASSERT_EQ(made.status, 201);
  EXPECT_EQ(made.text_at("expires_at"), soon);
  ApiClient machine = server.stranger();
  machine.use_token(made.text_at("token"));
  EXPECT_EQ(machine.get("/session").status, 200);
  server.clock().advance(minute);
  EXPECT_EQ(machine.get("/session").status, 401);
  EXPECT_EQ(client
                .post("/tokens", R"({"name": "x", "scope": "read",
                                       "expires_at": "2001-01-01T00:00:00Z"})")
                .text_at("errors/0/code"),
            "time_has_passed");
}

TEST_F(IdentityApi, TokensAreReadStrictlyAndLimited) {
  ApiClient client = server.signed_in();
  EXPECT_EQ(client.post("/tokens", R"({"name": " ", "scope": "read"})").status, 422);
  EXPECT_EQ(client.post("/tokens", R"({"name": "x", "scope": "all"})").status, 422);
  EXPECT_EQ(client.post("/tokens", R"({"name": "x"})").status, 400);
  for (int i = 0; i < max_tokens_per_user; ++i) {
    ASSERT_EQ(client.post("/tokens", R"({"name": "x", "scope": "read"})").status, 201);
  }
  EXPECT_EQ(client.post("/tokens", R"({"name": "x", "scope": "read"})").status, 409);
}

TEST_F(IdentityApi, ATokenThatAnotherProcessMadeIsValidAtOnce) {
  ApiClient client = server.signed_in();
  ASSERT_EQ(client.get("/session").status, 200);
  auto database = storage::open_database(server.target().url(), server.target().options());
  ASSERT_TRUE(database);
  StoredToken token;
  token.id = RecordId{77};
  token.digest = sha256("lpt_made-elsewhere");
  token.user = *parse_id(client.get("/session").text_at("user/id"));
  ASSERT_TRUE((*database)->write(
      [&](storage::Connection& connection) { return insert_token(connection, token); }));
  ApiClient machine = server.stranger();
  machine.use_token("lpt_made-elsewhere");
  EXPECT_EQ(machine.get("/session").status, 200);
  const auto version = [&] { return server.database().data_version().value_or(-1); };
  const std::int64_t before = version();
  ASSERT_TRUE((*database)->write([&](storage::Connection& connection) {
    return delete_token(connection, token.user, token.id);
  }));
  while (version() == before) std::this_thread::yield();  // on PostgreSQL heard after a moment
  EXPECT_EQ(machine.get("/session").status, 401);
}

TEST_F(IdentityApi, ANewPasswordEndsTheOtherSessions) {
  ApiClient here = server.signed_in();
  ApiClient there = server.signed_in();
  const std::string path = "/session/password";
  EXPECT_EQ(here.post(path, R"({"current": "wrong one", "new": "a long new one"})")
                .text_at("errors/0/code"),
            "wrong_current_password");
  const std::string current = R"({"current": "correct horse battery", "new": ")";
  EXPECT_EQ(here.post(path, current + "short\"}").text_at("errors/0/code"), "password_too_short");
  EXPECT_EQ(here.post(path, current + "a long new one\"}").status, 204);
  EXPECT_EQ(here.get("/session").status, 200);
  EXPECT_EQ(there.get("/session").status, 401);
  EXPECT_EQ(server.stranger().sign_in("admin", TestServer::password).status, 401);
  EXPECT_EQ(server.stranger().sign_in("admin", "a long new one").status, 200);
}

TEST_F(IdentityApi, AnAdministratorSetsThePasswordOfOthers) {
  const RecordId anna = server.add_user("anna-maria.long");
  ApiClient hers = server.signed_in("anna-maria.long");
  const std::string path = "/users/" + format_id(anna) + "/password";
  EXPECT_EQ(hers.post(path, R"({"password": "another password"})").status, 403);
  ApiClient admin = server.signed_in();
  EXPECT_EQ(admin.post(path, R"({"password": "Anna-Maria.LONG"})").text_at("errors/0/code"),
            "password_is_login");
  EXPECT_EQ(admin.post(path, R"({"password": "another password"})").status, 204);
  EXPECT_EQ(hers.get("/session").status, 401);
  EXPECT_EQ(server.stranger().sign_in("anna-maria.long", "another password").status, 200);
  EXPECT_EQ(admin.post("/users/0000000000001/password", R"({"password": "x23456789012"})").status,
            404);
}

TEST_F(IdentityApi, CookiesAreSecureBehindTls) {
  testing::TestServerOptions options;
  options.public_url = "https://kam.example.com";
  TestServer behind_tls(std::move(options));
  ApiClient client = behind_tls.stranger();
  const ClientResponse answer = client.sign_in("admin", TestServer::password);
  EXPECT_NE(answer.header("set-cookie").find("; Secure"), std::string::npos);
}

TEST_F(IdentityApi, OtherSchemesAndBrokenTokensAreNobody) {
  ApiClient client = server.stranger();
  for (const char* header :
       {"Basic YWRtaW46YWRtaW4=", "Bearer", "Bearer ", "Bearer lpt_", "Bearer x", "lpt_abc"}) {
    EXPECT_EQ(client.send("GET", "/api/v1/session", {{"Authorization", header}}).status, 401)
        << header;
  }
  EXPECT_EQ(client.send("GET", "/api/v1/session", {{"Cookie", "linchpin_session=abc"}}).status,
            401);
}

TEST_F(IdentityApi, OnesSessionsAreListedAndEndOneByOne) {
  ApiClient here = server.signed_in();
  server.clock().advance(minute);
  ApiClient there = server.signed_in();
  server.add_user("anna");
  ApiClient anna = server.signed_in("anna");
  ClientResponse listed = here.get("/sessions");
  ASSERT_EQ(listed.status, 200);
  ASSERT_EQ(listed.array_at("sessions").size(), 2U);
  EXPECT_EQ(listed.at("sessions/0/current"), false);
  EXPECT_EQ(listed.at("sessions/1/current"), true);
  EXPECT_EQ(listed.text_at("sessions/0/address"), "127.0.0.1");
  const std::string other = listed.text_at("sessions/0/id");
  EXPECT_EQ(anna.del("/sessions/" + other).status, 404);
  EXPECT_EQ(there.get("/session").status, 200);
  EXPECT_EQ(here.del("/sessions/" + other).status, 204);
  EXPECT_EQ(there.get("/session").status, 401);
  EXPECT_EQ(here.del("/sessions/" + other).status, 404);
  EXPECT_EQ(here.get("/sessions").array_at("sessions").size(), 1U);
}

TEST_F(IdentityApi, OnesOtherSessionsEndTogether) {
  ApiClient here = server.signed_in();
  ApiClient there = server.signed_in();
  ApiClient elsewhere = server.signed_in();
  EXPECT_EQ(here.del("/sessions").status, 204);
  EXPECT_EQ(here.get("/session").status, 200);
  EXPECT_EQ(there.get("/session").status, 401);
  EXPECT_EQ(elsewhere.get("/session").status, 401);
  ApiClient machine = server.with_token();
  EXPECT_EQ(machine.del("/sessions").status, 204);
  EXPECT_EQ(here.get("/session").status, 401);
  EXPECT_EQ(machine.get("/session").status, 200);
}

TEST_F(IdentityApi, AnEndedSessionIsNotListed) {
  server.signed_in();
  server.clock().advance(session_idle_time);
  ApiClient client = server.signed_in();
  EXPECT_EQ(client.get("/sessions").array_at("sessions").size(), 1U);
}

TEST_F(IdentityApi, TheBrowserSaysWhatItIsInSafeLetters) {
  ApiClient client = server.stranger();
  const std::string body =
      R"({"login": "admin", "password": ")" + std::string(TestServer::password) + "\"}";
  ASSERT_EQ(
      client.post("/session", body, {{"User-Agent", "Mozilla\x80" + std::string(300, 'x')}}).status,
      200);
  const std::string first = server.signed_in().get("/sessions").body;
  EXPECT_NE(first.find("\"Mozilla?" + std::string(192, 'x') + "\""), std::string::npos) << first;
}

TEST_F(IdentityApi, ATokenTellsWhenAndWhereItWasUsed) {
  ApiClient client = server.signed_in();
  ApiClient machine = server.with_token();
  EXPECT_TRUE(client.get("/tokens").at("tokens/0/seen_at").is_null());
  EXPECT_EQ(machine.get("/session").status, 200);
  const std::string first = format_instant(server.clock().now());
  EXPECT_EQ(client.get("/tokens").text_at("tokens/0/seen_at"), first);
  EXPECT_EQ(client.get("/tokens").text_at("tokens/0/address"), "127.0.0.1");
  server.clock().advance(session_seen_step);
  EXPECT_EQ(machine.get("/session").status, 200);
  EXPECT_EQ(client.get("/tokens").text_at("tokens/0/seen_at"),
            format_instant(server.clock().now()));
}

TEST_F(IdentityApi, TablesWithoutPlacesGetThem) {
  ASSERT_TRUE(server.database().write([](storage::Connection& connection) -> Status {
    for (const storage::Literal& sql :
         {storage::Literal("ALTER TABLE lp_session DROP COLUMN agent"),
          storage::Literal("ALTER TABLE lp_token DROP COLUMN seen_at")}) {
      LP_CHECK(connection.execute(storage::Sql(sql)));
    }
    return ensure_session_tables(connection);
  }));
  EXPECT_EQ(server.signed_in().get("/sessions").status, 200);
  EXPECT_EQ(server.with_token().get("/tokens").status, 200);
}

TEST_F(IdentityApi, SessionsOfOneUserAreLimited) {
  ApiClient first = server.signed_in();
  for (int i = 0; i < max_sessions_per_user; ++i) {
    server.clock().advance(1);
    server.signed_in();
  }
  EXPECT_EQ(first.get("/session").status, 401);
}

}  // namespace
}  // namespace linchpin::inbound
