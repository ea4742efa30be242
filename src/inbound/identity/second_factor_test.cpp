// The second factor through the real server: set up, asked for, given up.

#include <gtest/gtest.h>

#include "base/totp.h"
#include "inbound/testing/test_server.h"

namespace linchpin::inbound {
namespace {

using testing::ApiClient;
using testing::ClientResponse;
using testing::TestServer;

constexpr const char* factor_path = "/session/second-factor";

class SecondFactorApi : public ::testing::Test {
 protected:
  std::string current() const {
    return R"({"current": ")" + std::string(TestServer::password) + "\"}";
  }
  static std::string code_body(const std::string& code) { return R"({"code": ")" + code + "\"}"; }
  ClientResponse sign_in(ApiClient& client, const std::string& code) {
    return client.post("/session", R"({"login": "admin", "password": ")" +
                                       std::string(TestServer::password) + R"(", "code": ")" +
                                       code + "\"}");
  }
  // Sets it up; the recovery codes.
  std::vector<std::string> set_up(ApiClient& client) {
    const ClientResponse begun = client.post(factor_path, current());
    EXPECT_EQ(begun.status, 201);
    const ClientResponse session = client.get("/session");
    EXPECT_EQ(begun.text_at("uri"), "otpauth://totp/Linchpin:" + session.text_at("user/login") +
                                        "?secret=" + begun.text_at("secret") + "&issuer=Linchpin");
    const auto id = *parse_id(session.text_at("user/id"));
    secret = server.api().identity().second_factor(id).value()->secret;
    EXPECT_EQ(begun.text_at("secret"), to_base32(secret));
    const ClientResponse confirmed =
        client.post(std::string(factor_path) + "/confirm", code_body(code()));
    EXPECT_EQ(confirmed.status, 200);
    std::vector<std::string> codes;
    for (std::size_t i = 0; i < recovery_code_count; ++i) {
      codes.push_back(confirmed.text_at("recovery_codes/" + std::to_string(i)));
    }
    return codes;
  }
  std::string code() { return totp_code(secret, totp_step(server.clock().now())); }

  TestServer server;
  std::string secret;
};

TEST_F(SecondFactorApi, IsAskedForOnceItIsConfirmed) {
  ApiClient client = server.signed_in();
  ApiClient elsewhere = server.signed_in();
  EXPECT_EQ(client.get(factor_path).text_at("state"), "off");
  EXPECT_EQ(client.post(factor_path, current()).status, 201);
  EXPECT_EQ(client.get(factor_path).text_at("state"), "begun");
  EXPECT_EQ(server.signed_in().get("/session").status, 200);
  set_up(client);
  EXPECT_EQ(client.get(factor_path).text_at("state"), "on");
  EXPECT_EQ(client.get(factor_path).at("recovery_codes"), 10);
  EXPECT_EQ(client.get("/session").status, 200);
  EXPECT_EQ(elsewhere.get("/session").status, 401);

  server.clock().advance(totp_step_time);
  ApiClient stranger = server.stranger();
  const ClientResponse asked = stranger.sign_in("admin", TestServer::password);
  EXPECT_EQ(asked.status, 401);
  EXPECT_EQ(asked.text_at("reason"), "code_required");
  EXPECT_EQ(asked.header("set-cookie"), "");
  EXPECT_EQ(sign_in(stranger, "000000").text_at("reason"), "wrong_code");
  EXPECT_EQ(sign_in(stranger, code()).status, 200);
}

TEST_F(SecondFactorApi, ACodeCountsOnce) {
  ApiClient client = server.signed_in();
  set_up(client);
  ApiClient stranger = server.stranger();
  // The one that confirmed it.
  EXPECT_EQ(sign_in(stranger, code()).text_at("reason"), "wrong_code");
  server.clock().advance(totp_step_time);
  EXPECT_EQ(sign_in(stranger, code()).status, 200);
  EXPECT_EQ(sign_in(stranger, code()).text_at("reason"), "wrong_code");
}

TEST_F(SecondFactorApi, ARecoveryCodeCountsOnceHoweverItIsTyped) {
  ApiClient client = server.signed_in();
  const auto codes = set_up(client);
  ApiClient stranger = server.stranger();
  const std::string typed = codes[3].substr(0, 5) + "- " + codes[3].substr(5);
  EXPECT_EQ(sign_in(stranger, typed).status, 200);
  EXPECT_EQ(sign_in(stranger, codes[3]).text_at("reason"), "wrong_code");
  EXPECT_EQ(client.get(factor_path).at("recovery_codes"), 9);
}

TEST_F(SecondFactorApi, GuessingCodesLocksTheLogin) {
  ApiClient client = server.signed_in();
  set_up(client);
  server.clock().advance(totp_step_time);
  ApiClient stranger = server.stranger();
  for (int i = 0; i < SignInGuard::max_failures; ++i) {
    EXPECT_EQ(sign_in(stranger, "000000").status, 401);
  }
  EXPECT_EQ(sign_in(stranger, code()).status, 429);
}

TEST_F(SecondFactorApi, ThePasswordIsAskedForBeforeItChanges) {
  ApiClient client = server.signed_in();
  const std::string wrong = R"({"current": "not it at all"})";
  EXPECT_EQ(client.post(factor_path, wrong).text_at("errors/0/code"), "wrong_current_password");
  EXPECT_EQ(client.post(std::string(factor_path) + "/confirm", code_body("123456")).status, 409);
  set_up(client);
  EXPECT_EQ(client.post(factor_path, current()).status, 409);
  const std::string remove = std::string(factor_path) + "/remove";
  EXPECT_EQ(client.post(remove, wrong).text_at("errors/0/code"), "wrong_current_password");
  EXPECT_EQ(client.post(remove, current()).status, 204);
  EXPECT_EQ(server.stranger().sign_in("admin", TestServer::password).status, 200);
}

TEST_F(SecondFactorApi, AnAdministratorTakesItFromWhoHasLostIt) {
  const RecordId anna = server.add_user("anna");
  ApiClient hers = server.signed_in("anna");
  set_up(hers);
  const std::string path = "/users/" + format_id(anna) + "/second-factor";
  EXPECT_EQ(hers.del(path).status, 403);
  ApiClient admin = server.signed_in();
  EXPECT_EQ(admin.del(path).status, 204);
  EXPECT_EQ(admin.del(path).status, 404);
  EXPECT_EQ(server.stranger().sign_in("anna", TestServer::password).status, 200);
}

TEST_F(SecondFactorApi, NoSecretStandsInTheDatabase) {
  ApiClient client = server.signed_in();
  const auto codes = set_up(client);
  const auto stored = server.database().read([](storage::Connection& connection) {
    return query_text(connection, storage::Sql("SELECT recovery FROM lp_second_factor"));
  });
  ASSERT_TRUE(stored);
  for (const std::string& code : codes) EXPECT_EQ(stored->find(code), std::string::npos);
}

}  // namespace
}  // namespace linchpin::inbound
