#include "inbound/caller_limits.h"

#include <gtest/gtest.h>

#include "inbound/testing/test_server.h"

namespace linchpin::inbound {
namespace {

class CallerLimitsTest : public ::testing::Test {
 protected:
  ManualClock clock{1'000'000'000};
  CallerLimits limits{clock, 3};
  const RecordId anna{1};
  const RecordId ben{2};
};

TEST_F(CallerLimitsTest, AllowsAMinutesRequestsAtOnceAndThenWaits) {
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(limits.admit(anna));
  const Status refused = limits.admit(anna);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::rate_limited);
  EXPECT_EQ(refused.error().detail, "too_many_requests");
  EXPECT_EQ(refused.error().retry_after_seconds, 20);
  EXPECT_TRUE(limits.admit(ben));
}

TEST_F(CallerLimitsTest, TheSupplyFillsUpAsTimePassesButNotBeyondTheLimit) {
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(limits.admit(anna));
  clock.advance(19'999);
  EXPECT_FALSE(limits.admit(anna));
  clock.advance(1);
  EXPECT_TRUE(limits.admit(anna));
  EXPECT_FALSE(limits.admit(anna));
  clock.advance(24 * 3'600'000);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(limits.admit(anna));
  EXPECT_FALSE(limits.admit(anna));
}

TEST_F(CallerLimitsTest, KeepsBoundedMemoryOfManyCallers) {
  for (std::int64_t i = 1; i <= 12'000; ++i) EXPECT_TRUE(limits.admit(RecordId{i}));
  EXPECT_LE(limits.kept(), CallerLimits::max_kept);
  clock.advance(60'000);
  EXPECT_TRUE(limits.admit(RecordId{40'000}));
  EXPECT_EQ(limits.kept(), 1U);
}

TEST(CallerLimitsOfTheServer, RefusesWhoAsksTooMuchAndNobodyElse) {
  testing::TestServerOptions options;
  options.requests_per_minute = 5;
  testing::TestServer server(std::move(options));
  server.add_user("anna");
  testing::ApiClient admin = server.signed_in();
  testing::ApiClient token = server.with_token();
  testing::ApiClient anna = server.signed_in("anna");
  for (int i = 0; i < 5; ++i) EXPECT_EQ((i < 3 ? admin : token).get("/session").status, 200);
  const testing::ClientResponse refused = admin.get("/session");
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.text_at("code"), "rate_limited");
  EXPECT_EQ(refused.text_at("reason"), "too_many_requests");
  EXPECT_EQ(refused.at("retryable"), true);
  EXPECT_EQ(refused.header("retry-after"), "12");
  EXPECT_EQ(token.get("/session").status, 429);
  EXPECT_EQ(anna.get("/session").status, 200);
  server.clock().advance(12'000);
  EXPECT_EQ(admin.get("/session").status, 200);
  EXPECT_EQ(admin.get("/session").status, 429);
}

}  // namespace
}  // namespace linchpin::inbound
