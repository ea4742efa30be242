// The yearly figures of an account: one record for each year, whoever writes at a time.

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "all_capabilities.h"
#include "dossier/install.h"
#include "inbound/testing/api_test.h"

namespace linchpin::dossier {
namespace {

using inbound::testing::ApiClient;
using inbound::testing::ApiTest;
using inbound::testing::ClientResponse;

class Yearly : public ApiTest {
 protected:
  Yearly() : ApiTest(add_capability_rules, install) {}
};

TEST_F(Yearly, TwoWhoWriteAtATimeMakeOneRecordOfAYear) {
  constexpr int writers = 4;
  const std::string account = create("account", R"({"code":"A1","name":"华北电力"})");
  for (const char* const object : {"account_financial", "account_analysis"}) {
    std::vector<ApiClient> clients;
    for (int i = 0; i < writers; ++i) clients.push_back(server.signed_in());
    std::atomic<int> made = 0;
    std::atomic<int> refused = 0;
    std::vector<std::thread> threads;
    for (ApiClient& client : clients) {
      threads.emplace_back([&] {
        const ClientResponse answer =
            client.post(std::string("/records/") + object,
                        R"({"fields":{"account":")" + account + R"(","year":2025}})");
        made += answer.status == 201 ? 1 : 0;
        refused += answer.status == 422 || answer.status == 409 ? 1 : 0;
      });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(made, 1) << object;
    EXPECT_EQ(refused, writers - 1) << object;
    const ClientResponse again =
        admin.post(std::string("/records/") + object,
                   R"({"fields":{"account":")" + account + R"(","year":2025}})");
    EXPECT_EQ(again.text_at("errors/0/code"), "year_taken");
    EXPECT_EQ(again.text_at("errors/0/field"), "year");
  }
}

TEST_F(Yearly, WhatLiesInTheTrashLeavesItsYearFree) {
  const std::string account = create("account", R"({"code":"A1","name":"华北电力"})");
  const std::string fields = R"({"account":")" + account + R"(","year":2025})";
  const std::string first = create("account_financial", fields);
  EXPECT_EQ(admin.del("/records/account_financial/" + first).status, 204);
  create("account_financial", fields);
  const ClientResponse restored =
      admin.post("/records/account_financial/" + first + "/restore", "{}");
  EXPECT_TRUE(restored.status == 409 || restored.status == 422) << restored.body;
}

}  // namespace
}  // namespace linchpin::dossier
