#pragma once

// For tests of a capability: a server with all objects, the rules of all capabilities and its own
// routes, and an administrator who asks.

#include <gtest/gtest.h>

#include "inbound/testing/test_server.h"

namespace linchpin::inbound::testing {

class ApiTest : public ::testing::Test {
 protected:
  using AddRules = Status (*)(const records::Schema&, records::Rules&);
  using Install = void (*)(Registration&);

  ApiTest(AddRules rules, Install routes, OutsideWeb* outside = nullptr)
      : server(options_of(rules, routes, outside)), admin(server.signed_in()) {}

  // Gives the id.
  std::string create(const std::string& object, const std::string& fields) {
    const ClientResponse made = admin.post("/records/" + object, "{\"fields\":" + fields + "}");
    EXPECT_EQ(made.status, 201) << made.body;
    return made.text_at("id");
  }

  TestServer server;  // on 2026-11-21
  ApiClient admin;

 private:
  static TestServerOptions options_of(AddRules rules, Install routes, OutsideWeb* outside) {
    TestServerOptions options;
    options.capabilities = true;
    options.rules = rules;
    options.routes = routes;
    options.outside = outside;
    return options;
  }
};

}  // namespace linchpin::inbound::testing
