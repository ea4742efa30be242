#include "base/error.h"

#include <gtest/gtest.h>

#include <set>

namespace linchpin {
namespace {

TEST(Error, EveryCodeHasItsOwnNameAndAStatusOfItsClass) {
  std::set<std::string_view> names;
  for (int i = 0; i < error_code_count; ++i) {
    const auto code = static_cast<ErrorCode>(i);
    EXPECT_TRUE(names.insert(code_name(code)).second) << code_name(code);
    EXPECT_GE(http_status(code), 400);
    EXPECT_LT(http_status(code), 600);
  }
}

TEST(Error, StatusesFollowTheContract) {
  EXPECT_EQ(http_status(ErrorCode::unauthenticated), 401);
  EXPECT_EQ(http_status(ErrorCode::forbidden), 403);
  EXPECT_EQ(http_status(ErrorCode::not_found), 404);
  EXPECT_EQ(http_status(ErrorCode::validation_failed), 422);
  EXPECT_EQ(http_status(ErrorCode::unknown_field), 422);
  EXPECT_EQ(http_status(ErrorCode::malformed), 400);
  EXPECT_EQ(http_status(ErrorCode::cursor_mismatch), 400);
  EXPECT_EQ(http_status(ErrorCode::version_conflict), 412);
  EXPECT_EQ(http_status(ErrorCode::precondition_required), 428);
  EXPECT_EQ(http_status(ErrorCode::duplicate), 409);
  EXPECT_EQ(http_status(ErrorCode::resync), 410);
  EXPECT_EQ(http_status(ErrorCode::idempotency_mismatch), 422);
  EXPECT_EQ(http_status(ErrorCode::idempotency_in_flight), 409);
  EXPECT_EQ(http_status(ErrorCode::payload_too_large), 413);
  EXPECT_EQ(http_status(ErrorCode::rate_limited), 429);
  EXPECT_EQ(http_status(ErrorCode::query_too_expensive), 503);
  EXPECT_EQ(http_status(ErrorCode::overloaded), 503);
  EXPECT_EQ(http_status(ErrorCode::internal), 500);
}

TEST(Error, OnlyTransientFailuresAreRetryable) {
  EXPECT_TRUE(Error::of(ErrorCode::idempotency_in_flight).retryable());
  EXPECT_TRUE(Error::of(ErrorCode::overloaded).retryable());
  EXPECT_TRUE(Error::of(ErrorCode::rate_limited).retryable());
  EXPECT_TRUE(Error::of(ErrorCode::storage_failed).retryable());
  EXPECT_FALSE(Error::of(ErrorCode::duplicate).retryable());
  EXPECT_FALSE(Error::of(ErrorCode::version_conflict).retryable());
  EXPECT_FALSE(Error::internal("why").retryable());
}

TEST(Error, InternalKeepsItsReasonOutOfWhatIsShown) {
  const Error error = Error::internal("disk 3 lost");
  EXPECT_EQ(error.code, ErrorCode::internal);
  EXPECT_EQ(error.log_detail, "disk 3 lost");
  EXPECT_TRUE(error.detail.empty());
}

TEST(Error, InvalidCarriesItsProblems) {
  const Error error = Error::invalid(FieldProblem{"/fields/amount", "amount", "wrong_type", {}});
  EXPECT_EQ(error.code, ErrorCode::validation_failed);
  ASSERT_EQ(error.problems.size(), 1U);
  EXPECT_EQ(error.problems[0].pointer, "/fields/amount");
}

}  // namespace
}  // namespace linchpin
