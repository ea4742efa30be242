// What holds for every request: addresses, methods, the log, the figures, the document.

#include "inbound/api_handler.h"

#include <gtest/gtest.h>

#include <set>

#include "base/log.h"
#include "inbound/testing/test_server.h"

namespace linchpin::inbound {
namespace {

using testing::ApiClient;
using testing::ClientResponse;
using testing::TestServer;

class ApiHandlerTest : public ::testing::Test {
 protected:
  static testing::TestServerOptions with_routes() {
    testing::TestServerOptions options;
    options.routes = [](Registration& registration) {
      Route fails;
      fails.pattern = "/testing/fails";
      fails.handler = [](const Request&, const Caller&) -> Result<Response> {
        return Error::internal("the reason for the log");
      };
      registration.route(std::move(fails));
      Route throws;
      throws.pattern = "/testing/throws";
      throws.handler = [](const Request&, const Caller&) -> Result<Response> {
        throw std::runtime_error("a library gave up");
      };
      registration.route(std::move(throws));
    };
    return options;
  }

  TestServer server{with_routes()};
};

TEST_F(ApiHandlerTest, UnknownAddressesAndMethods) {
  ApiClient client = server.signed_in();
  const ClientResponse unknown = client.get("/no/such");
  EXPECT_EQ(unknown.status, 404);
  EXPECT_EQ(unknown.text_at("code"), "not_found");
  EXPECT_EQ(client.send("GET", "/api/v2/meta").text_at("code"), "not_found");
  const ClientResponse refused = client.send("PUT", "/api/v1/session");
  EXPECT_EQ(refused.status, 405);
  EXPECT_EQ(refused.header("allow"), "GET, HEAD, POST, DELETE");
  EXPECT_EQ(refused.text_at("code"), "method_not_allowed");
}

TEST_F(ApiHandlerTest, EverythingButTheFewNeedsASignIn) {
  ApiClient nobody = server.stranger();
  std::set<std::string> open;
  for (const auto& entry : server.api().handler().router().entries()) {
    if (entry->route.open) open.insert(entry->path);
    const std::string method(method_name(entry->route.method));
    const ClientResponse answer = nobody.send(method, entry->path);
    if (!entry->route.open) {
      EXPECT_EQ(answer.status, 401) << method << " " << entry->path;
    }
  }
  EXPECT_EQ(open, (std::set<std::string>{"/api/v1/openapi.json", "/api/v1/session",
                                         "/api/v1/session/oidc", "/api/v1/session/oidc/callback",
                                         "/api/v1/session/oidc/start", "/healthz", "/metrics",
                                         "/readyz"}));
}

TEST_F(ApiHandlerTest, HeadHasNoBody) {
  ApiClient client = server.signed_in();
  const ClientResponse head = client.send("HEAD", "/api/v1/meta");
  EXPECT_EQ(head.status, 200);
  EXPECT_TRUE(head.body.empty());
  EXPECT_FALSE(head.header("etag").empty());
}

TEST_F(ApiHandlerTest, MachinesAskForHealthAndFigures) {
  ApiClient nobody = server.stranger();
  EXPECT_EQ(nobody.send("GET", "/healthz").body, "ok\n");
  EXPECT_EQ(nobody.send("GET", "/readyz").body, "ready\n");
  server.signed_in().get("/meta");
  const ClientResponse metrics = nobody.send("GET", "/metrics");
  EXPECT_EQ(metrics.status, 200);
  EXPECT_TRUE(metrics.header("content-type").starts_with("text/plain; version=0.0.4"));
  for (const char* line :
       {"linchpin_http_requests_total{method=\"GET\",route=\"/api/v1/meta\",status=\"200\"} 1\n",
        "linchpin_http_request_seconds_count{method=\"GET\",route=\"/api/v1/meta\"} 1\n",
        "linchpin_http_routes{method=\"PATCH\",route=\"/api/v1/settings\"} 1\n",
        "\nlinchpin_writes_total ", "\nlinchpin_http_connections ",
        "\nprocess_resident_memory_bytes "}) {
    EXPECT_NE(metrics.body.find(line), std::string::npos) << line;
  }
}

TEST_F(ApiHandlerTest, FailuresAreLoggedOnceAndNotShown) {
  ApiClient client = server.signed_in();
  set_log_level(LogLevel::info);
  ::testing::internal::CaptureStderr();
  const ClientResponse failed = client.get("/testing/fails");
  const ClientResponse threw = client.get("/testing/throws");
  const std::string log = ::testing::internal::GetCapturedStderr();
  set_log_level(LogLevel::error);
  for (const ClientResponse& answer : {failed, threw}) {
    EXPECT_EQ(answer.status, 500);
    EXPECT_EQ(answer.text_at("code"), "internal");
    EXPECT_FALSE(answer.text_at("request_id").empty());
    EXPECT_EQ(answer.body.find("reason for the log"), std::string::npos);
    EXPECT_EQ(answer.body.find("library"), std::string::npos);
    EXPECT_NE(log.find(answer.text_at("request_id")), std::string::npos);
  }
  const std::size_t first = log.find("the reason for the log");
  ASSERT_NE(first, std::string::npos);
  EXPECT_EQ(log.find("the reason for the log", first + 1), std::string::npos);
  EXPECT_NE(log.find("a library gave up"), std::string::npos);
}

TEST_F(ApiHandlerTest, NoSecretEntersTheLog) {
  set_log_level(LogLevel::debug);
  ::testing::internal::CaptureStderr();
  ApiClient client = server.signed_in();
  server.stranger().sign_in("admin", "a wrong secret word");
  const std::string token =
      client.post("/tokens", R"({"name": "x", "scope": "write"})").text_at("token");
  ApiClient machine = server.stranger();
  machine.use_token(token);
  machine.post("/records/account?note=hidden-in-query",
               R"({"fields": {"code": "hidden-in-body", "name": "x"}})");
  client.post("/session/password", R"({"current": "x", "new": "a brand new secret"})");
  const std::string log = ::testing::internal::GetCapturedStderr();
  set_log_level(LogLevel::error);
  ASSERT_FALSE(token.empty());
  EXPECT_NE(log.find("\"route\":\"/api/v1/records/{object}\""), std::string::npos);
  const std::string session = client.cookie().substr(client.cookie().find('=') + 1);
  for (const std::string& secret :
       {std::string(TestServer::password), std::string("secret"), token, session, client.csrf(),
        std::string("hidden-in-body"), std::string("hidden-in-query")}) {
    EXPECT_EQ(log.find(secret), std::string::npos) << secret;
  }
}

TEST_F(ApiHandlerTest, TheDocumentHasEveryRouteAndNoOther) {
  const ClientResponse answer = server.stranger().get("/openapi.json");
  ASSERT_EQ(answer.status, 200);
  EXPECT_EQ(answer.text_at("openapi"), "3.1.0");
  std::set<std::string> described;
  for (const auto& [path, operations] : answer.object_at("paths")) {
    for (const auto& [method, operation] : operations.as_object()) {
      if (method == "servers" || method == "parameters") continue;
      const bool at_root = operations.as_object().contains("servers");
      described.insert(std::string(method) + " " + (at_root ? "" : "/api/v1") + std::string(path));
    }
  }
  std::set<std::string> registered;
  for (const auto& entry : server.api().handler().router().entries()) {
    if (entry->path.starts_with("/api/v1/testing/")) continue;
    std::string method(method_name(entry->route.method));
    for (char& c : method) c = static_cast<char>(c + 32);
    registered.insert(method + " " + entry->path);
  }
  // Imports, exports and files are described here and registered where they are run.
  const auto run_elsewhere = [](const std::string& operation) {
    return operation.find("/api/v1/imports") != std::string::npos ||
           operation.find("/api/v1/exports") != std::string::npos ||
           operation.find("/api/v1/attachments") != std::string::npos;
  };
  std::erase_if(described, run_elsewhere);
  std::erase_if(registered, run_elsewhere);
  EXPECT_EQ(described, registered);
}

}  // namespace
}  // namespace linchpin::inbound
