// What a stranger may do with the address of a form, and what he may not.

#include "tables/forms_api.h"

#include <gtest/gtest.h>

#include "all_capabilities.h"
#include "inbound/testing/test_server.h"
#include "tables/form_limits.h"
#include "tables/form_link.h"

namespace linchpin::tables {
namespace {

using inbound::testing::ApiClient;
using inbound::testing::ClientResponse;
using inbound::testing::TestServer;
using inbound::testing::TestServerOptions;

class FormsApiTest : public ::testing::Test {
 protected:
  FormsApiTest() : server(options()), admin(server.signed_in()), stranger(server.stranger()) {
    const ClientResponse made = admin.post("/meta/objects", R"({
        "api_name":"rival","label":{"zh-CN":"对手","en":"Rival"},"fields":[
          {"api_name":"name","type":"text","label":{"en":"Name"},"required":true,"name":true},
          {"api_name":"price","type":"money","label":{"en":"Price"}},
          {"api_name":"secret","type":"text","label":{"en":"Secret"}},
          {"api_name":"number","type":"text","label":{"en":"Number"},"unique":true}]})");
    EXPECT_EQ(made.status, 201) << made.body;
  }

  static TestServerOptions options() {
    TestServerOptions options;
    options.capabilities = true;
    options.rules = add_capability_rules;
    options.routes = install_forms_api;
    return options;
  }
  static ClientResponse make_link(ApiClient& as, const std::string& fields,
                                  const std::string& more = {}) {
    return as.post("/records/form_link",
                   R"({"fields":{"name":"情报","object":"rival","fields":)" + fields + more + "}}");
  }
  std::string link(const std::string& more = {}) {
    const ClientResponse made = make_link(admin, R"(["name","price"])", more);
    EXPECT_EQ(made.status, 201) << made.body;
    return made.text_at("id");
  }
  std::string form(const std::string& id) {
    const ClientResponse address = admin.get("/form-links/" + id + "/address");
    EXPECT_EQ(address.status, 200) << address.body;
    return "/forms/" + address.text_at("token");
  }
  // Opened, and filled in for a while.
  ClientResponse send(const std::string& path, const std::string& fields,
                      const std::string& website = {}) {
    const std::string ticket = stranger.get(path).text_at("ticket");
    server.clock().advance(FormSecrets::shortest_filling);
    return stranger.post(path, R"({"fields":)" + fields + R"(,"ticket":")" + ticket +
                                   R"(","website":")" + website + "\"}");
  }
  std::int64_t rivals() {
    const ClientResponse answer = admin.post("/records/rival/query", R"({"count":"exact"})");
    return static_cast<std::int64_t>(answer.array_at("records").size());
  }

  TestServer server;
  ApiClient admin;
  ApiClient stranger;
};

TEST_F(FormsApiTest, AStrangerFillsItIn) {
  const std::string path = form(link());
  const ClientResponse shown = stranger.get(path);
  ASSERT_EQ(shown.status, 200) << shown.body;
  EXPECT_EQ(shown.array_at("fields").size(), 2U);
  const ClientResponse sent = send(path, R"({"name":"甲公司","price":"12.50"})");
  ASSERT_EQ(sent.status, 201) << sent.body;
  EXPECT_EQ(sent.body, R"({"received":true})");
  EXPECT_EQ(rivals(), 1);
}

TEST_F(FormsApiTest, NothingButItsFieldsAndNothingIsRead) {
  const std::string path = form(link());
  EXPECT_EQ(send(path, R"({"name":"甲","secret":"x"})").status, 400);
  EXPECT_EQ(send(path, R"({"name":"甲","owner":"0000000000001"})").status, 400);
  EXPECT_EQ(rivals(), 0);
  for (const char* closed : {"/records/rival", "/meta", "/form-links/0000000000001/address"}) {
    EXPECT_EQ(stranger.get(closed).status, 401) << closed;
  }
  const ClientResponse wrong = send(path, R"({"name":"甲","price":"much"})");
  EXPECT_EQ(wrong.status, 422) << wrong.body;
  ASSERT_EQ(wrong.array_at("errors").size(), 1U) << wrong.body;
  EXPECT_EQ(wrong.array_at("errors").at(0).at("field"), "price");
}

TEST_F(FormsApiTest, WhatIsNoAddressOpensNothing) {
  const std::string path = form(link());
  std::string guessed = path;
  guessed.back() = guessed.back() == 'A' ? 'B' : 'A';
  for (const std::string& other : {guessed, path + "A", std::string("/forms/x")}) {
    EXPECT_EQ(stranger.get(other).status, 404) << other;
  }
}

TEST_F(FormsApiTest, EndsWithItsRecordItsDayAndItsAuthor) {
  const std::string id = link();
  const std::string path = form(id);
  admin.del("/records/form_link/" + id);
  EXPECT_EQ(stranger.get(path).status, 404);
  EXPECT_EQ(stranger.get(form(link(R"(,"ends_on":"2026-01-01")"))).status, 404);

  const RecordId anna = server.add_user("anna");
  ApiClient as_anna = server.signed_in("anna");
  const ClientResponse hers = make_link(as_anna, R"(["name"])");
  ASSERT_EQ(hers.status, 201) << hers.body;
  const std::string of_anna = form(hers.text_at("id"));
  EXPECT_EQ(send(of_anna, R"({"name":"甲"})").status, 201);
  ASSERT_EQ(admin
                .patch("/records/user/" + format_id(anna),
                       R"({"fields":{"active":false},"base":{"active":true}})")
                .status,
            200);
  EXPECT_EQ(send(of_anna, R"({"name":"乙"})").status, 409);
  EXPECT_EQ(rivals(), 1);
}

TEST_F(FormsApiTest, AsksForWhatAStrangerMayBeAsked) {
  for (const char* fields : {R"([])", R"(["price"])", R"(["name","number"])", R"(["name","id"])",
                             R"(["name","created_by"])", R"(["name","nonsense"])", R"("name")"}) {
    EXPECT_EQ(make_link(admin, fields).status, 422) << fields;
  }
  EXPECT_EQ(make_link(admin, R"(["name"])", R"(,"daily_limit":0)").status, 422);
  server.add_user("lea", false, "colleague");
  ApiClient lea = server.signed_in("lea");
  EXPECT_EQ(make_link(lea, R"(["name"])").status, 403);
}

TEST_F(FormsApiTest, MachinesAreKeptOut) {
  const std::string path = form(link(R"(,"daily_limit":2)"));
  EXPECT_EQ(send(path, R"({"name":"甲"})", "https://spam.example").status, 201);
  EXPECT_EQ(rivals(), 0);
  const std::string ticket = stranger.get(path).text_at("ticket");
  const std::string body = R"({"fields":{"name":"甲"},"ticket":")" + ticket + "\"}";
  EXPECT_EQ(stranger.post(path, body).text_at("reason"), "form_too_quick");
  server.clock().advance(FormSecrets::longest_filling + 1);
  EXPECT_EQ(stranger.post(path, body).text_at("reason"), "form_too_old");
  EXPECT_EQ(send(path, R"({"name":"甲"})").status, 201);
  EXPECT_EQ(send(path, R"({"name":"乙"})").status, 201);
  EXPECT_EQ(send(path, R"({"name":"丙"})").text_at("reason"), "form_full");
  admin.sign_in(TestServer::administrator, TestServer::password);
  EXPECT_EQ(rivals(), 2);
}

TEST(FormLimitsTest, AnAddressSendsAFewInTenMinutes) {
  ManualClock clock(FormLimits::address_window * 100);
  FormLimits limits(clock);
  for (int i = 0; i < FormLimits::max_of_address; ++i) EXPECT_TRUE(limits.admit("192.0.2.1"));
  EXPECT_EQ(limits.admit("192.0.2.1").error().detail, "form_sent_often");
  EXPECT_TRUE(limits.admit("192.0.2.2"));
  clock.advance(FormLimits::address_window);
  EXPECT_TRUE(limits.admit("192.0.2.1"));
}

}  // namespace
}  // namespace linchpin::tables
