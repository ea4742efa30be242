#include "base/result.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace linchpin {
namespace {

Result<int> number_or_error(bool works) {
  if (!works) return Error::of(ErrorCode::not_found, "why");
  return 20;
}

Status check(bool works) {
  if (!works) return Error::of(ErrorCode::in_use);
  return {};
}

Result<std::string> both(bool number_works, bool check_works) {
  LP_TRY(const int number, number_or_error(number_works));
  LP_CHECK(check(check_works));
  LP_TRY(const int other, number_or_error(true));
  return std::to_string(number + other);
}

Result<std::unique_ptr<int>> movable() {
  return std::make_unique<int>(7);
}

Result<int> through_movable() {
  LP_TRY(const std::unique_ptr<int> owned, movable());
  return *owned;
}

TEST(Result, GoesOnWithTheValue) {
  const Result<std::string> result = both(true, true);
  ASSERT_TRUE(result);
  EXPECT_EQ(*result, "40");
}

TEST(Result, ReturnsTheFirstError) {
  const Result<std::string> first = both(false, false);
  ASSERT_FALSE(first);
  EXPECT_EQ(first.error().code, ErrorCode::not_found);
  EXPECT_EQ(first.error().detail, "why");
  EXPECT_EQ(both(true, false).error().code, ErrorCode::in_use);
}

TEST(Result, MovesValuesThatCannotBeCopied) {
  const Result<int> result = through_movable();
  ASSERT_TRUE(result);
  EXPECT_EQ(*result, 7);
}

TEST(Result, StatusIsSuccessByDefault) {
  EXPECT_TRUE(Status{});
}

}  // namespace
}  // namespace linchpin
