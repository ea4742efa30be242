#include "inbound/identity/sign_in_guard.h"

#include <gtest/gtest.h>

namespace linchpin::inbound {
namespace {

class SignInGuardTest : public ::testing::Test {
 protected:
  // A place of its own for every attempt, so that only the login counts.
  Status attempt(const std::string& login) {
    return guard.admit(login, "10.0.0." + std::to_string(++address));
  }
  void fail(const std::string& login, int times) {
    for (int i = 0; i < times; ++i) EXPECT_TRUE(attempt(login)) << i;
  }
  int seconds_to_wait(const std::string& login) {
    const Status status = attempt(login);
    return status ? 0 : status.error().retry_after_seconds;
  }

  ManualClock clock{1'000'000'000};
  SignInGuard guard{clock};
  int address = 0;
};

TEST_F(SignInGuardTest, LocksALoginAfterAFewFailuresAndLongerEachTime) {
  fail("anna", SignInGuard::max_failures);
  EXPECT_EQ(seconds_to_wait("anna"), 300);
  EXPECT_TRUE(attempt("bert"));
  clock.advance(SignInGuard::first_lock - 1);
  EXPECT_EQ(seconds_to_wait("anna"), 1);
  clock.advance(1);
  EXPECT_EQ(seconds_to_wait("anna"), 0);
  EXPECT_EQ(seconds_to_wait("anna"), 600);
  for (int i = 0; i < 8; ++i) {
    clock.advance(SignInGuard::longest_lock);
    EXPECT_EQ(seconds_to_wait("anna"), 0);
  }
  EXPECT_EQ(seconds_to_wait("anna"), 3600);
}

TEST_F(SignInGuardTest, ASuccessBeginsAnew) {
  fail("anna", SignInGuard::max_failures - 1);
  EXPECT_TRUE(guard.admit("anna", "a"));
  guard.succeeded("anna", "a");
  fail("anna", SignInGuard::max_failures);
  EXPECT_EQ(seconds_to_wait("anna"), 300);
}

TEST_F(SignInGuardTest, AnUndecidedAttemptDoesNotCount) {
  fail("anna", SignInGuard::max_failures - 1);
  for (int i = 0; i < 10; ++i) {
    EXPECT_TRUE(guard.admit("anna", "a"));
    guard.undecided("anna", "a");
  }
}

TEST_F(SignInGuardTest, OldFailuresAreForgotten) {
  fail("anna", SignInGuard::max_failures - 1);
  clock.advance(SignInGuard::forgotten_after);
  fail("anna", SignInGuard::max_failures);
}

TEST_F(SignInGuardTest, AnAddressMayFailOnlySoOften) {
  for (int i = 0; i < SignInGuard::max_address_failures; ++i) {
    EXPECT_TRUE(guard.admit("login" + std::to_string(i), "10.1.1.1"));
  }
  const Status refused = guard.admit("another", "10.1.1.1");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::rate_limited);
  EXPECT_EQ(refused.error().retry_after_seconds, 300);
  EXPECT_TRUE(guard.admit("another", "10.1.1.2"));
  clock.advance(SignInGuard::address_window);
  EXPECT_TRUE(guard.admit("another", "10.1.1.1"));
}

TEST_F(SignInGuardTest, ALockSurvivesAFloodOfOtherLogins) {
  fail("anna", SignInGuard::max_failures);
  for (std::size_t i = 0; i < SignInGuard::max_kept + 10; ++i) {
    EXPECT_TRUE(attempt("flood" + std::to_string(i)));
  }
  EXPECT_EQ(seconds_to_wait("anna"), 300);
}

}  // namespace
}  // namespace linchpin::inbound
