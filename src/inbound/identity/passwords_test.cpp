#include "inbound/identity/passwords.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace linchpin::inbound {
namespace {

std::string problem_of(std::string_view login, std::string_view password) {
  const Status status = check_new_password(login, password, "/password");
  return status ? "" : status.error().problems.at(0).code;
}

TEST(Passwords, ANewOneIsLongAndNotTheLogin) {
  EXPECT_EQ(problem_of("anna", "123456789"), "password_too_short");
  EXPECT_EQ(problem_of("anna", "1234567890"), "");
  EXPECT_EQ(problem_of("anna", "一二三四五六七八九十"), "");
  EXPECT_EQ(problem_of("anna.schmidt", "Anna.Schmidt"), "password_is_login");
  EXPECT_EQ(problem_of("anna", "abababababab"), "password_too_simple");
}

TEST(PasswordChecker, KnowsTheRightOne) {
  PasswordChecker checker;
  const auto hash = checker.hash("correct horse battery");
  ASSERT_TRUE(hash);
  EXPECT_TRUE(*checker.verify(*hash, "correct horse battery"));
  EXPECT_FALSE(*checker.verify(*hash, "correct horse batterz"));
  EXPECT_FALSE(*checker.verify(std::nullopt, "correct horse battery"));
}

TEST(PasswordChecker, RefusesACrowd) {
  constexpr int crowd = 200;
  PasswordChecker checker;
  std::atomic<int> decided = 0;
  std::atomic<int> refused = 0;
  std::vector<std::thread> callers;
  for (int i = 0; i < crowd; ++i) {
    callers.emplace_back([&] {
      const Result<bool> answer = checker.verify(std::nullopt, "guess");
      if (answer) {
        ++decided;
      } else if (answer.error().code == ErrorCode::rate_limited &&
                 answer.error().retry_after_seconds > 0) {
        ++refused;
      }
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(decided + refused, crowd);
  EXPECT_GE(decided, PasswordChecker::max_at_once + PasswordChecker::max_waiting);
  EXPECT_GT(refused, 0);
}

}  // namespace
}  // namespace linchpin::inbound
