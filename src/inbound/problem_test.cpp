#include "inbound/problem.h"

#include <gtest/gtest.h>

#include "base/json.h"

namespace linchpin::inbound {
namespace {

class ProblemTest : public ::testing::Test {
 protected:
  ProblemTest() { loaded = texts.load_folder(std::string(LINCHPIN_SOURCE_DIR) + "/src"); }

  json::object body_of(const Error& error, Language language = Language::en) const {
    const Response response = problem_response(texts, language, "req-1", error);
    return parse_json_object(response.body).value_or(json::object());
  }
  static std::string header_of(const Response& response, std::string_view name) {
    for (const auto& [key, value] : response.headers) {
      if (key == name) return value;
    }
    return {};
  }

  Texts texts;
  Status loaded;
};

TEST_F(ProblemTest, EveryTextIsThere) {
  ASSERT_TRUE(loaded) << loaded.error().log_detail;
  for (int i = 0; i < error_code_count; ++i) {
    const std::string key = "problem." + std::string(code_name(static_cast<ErrorCode>(i)));
    EXPECT_TRUE(texts.has(key)) << key;
  }
}

TEST_F(ProblemTest, SaysWhatIsWrongInTheLanguageOfTheReader) {
  const Error error =
      Error::invalid(FieldProblem{"/new", {}, "password_too_short", {{"min", "10"}}});
  const json::object english = body_of(error);
  EXPECT_EQ(english.at("status"), 422);
  EXPECT_EQ(english.at("code"), "validation_failed");
  EXPECT_EQ(english.at("retryable"), false);
  EXPECT_EQ(english.at("request_id"), "req-1");
  const json::object& problem = english.at("errors").at(0).as_object();
  EXPECT_EQ(problem.at("pointer"), "/new");
  EXPECT_EQ(problem.at("code"), "password_too_short");
  EXPECT_EQ(problem.at("params").at("min"), "10");
  EXPECT_EQ(problem.at("message"), "A password needs at least 10 characters.");
  const json::object chinese = body_of(error, Language::zh_cn);
  EXPECT_EQ(chinese.at("errors").at(0).at("message"), "密码至少需要 10 个字符。");
  EXPECT_EQ(chinese.at("title"), "有内容填写不正确。");
}

TEST_F(ProblemTest, ADetailHasItsTextAndItsKey) {
  const json::object body = body_of(Error::of(ErrorCode::forbidden, "csrf_token_missing"));
  EXPECT_EQ(body.at("code"), "forbidden");
  EXPECT_EQ(body.at("reason"), "csrf_token_missing");
  EXPECT_TRUE(body.at("detail").is_string());
}

TEST_F(ProblemTest, AConflictShowsWhatIsStoredNow) {
  Error error = Error::of(ErrorCode::version_conflict);
  error.conflicts.push_back({"amount", "\"12.00\""});
  error.current_version = 9;
  const json::object body = body_of(error);
  EXPECT_EQ(body.at("version"), 9);
  EXPECT_EQ(body.at("conflicts").at(0).at("field"), "amount");
  EXPECT_EQ(body.at("conflicts").at(0).at("current"), "12.00");
}

TEST_F(ProblemTest, TellsWhenToTryAgainAndHowToSignIn) {
  Error limited = Error::of(ErrorCode::rate_limited);
  limited.retry_after_seconds = 42;
  EXPECT_EQ(header_of(problem_response(texts, Language::en, "", limited), "Retry-After"), "42");
  const Response busy = problem_response(texts, Language::en, "", Error::of(ErrorCode::overloaded));
  EXPECT_EQ(header_of(busy, "Retry-After"), "1");
  const Response stranger =
      problem_response(texts, Language::en, "", Error::of(ErrorCode::unauthenticated));
  EXPECT_EQ(header_of(stranger, "WWW-Authenticate"), "Bearer realm=\"linchpin\"");
  EXPECT_EQ(header_of(stranger, "Retry-After"), "");
}

TEST_F(ProblemTest, TheReasonForTheLogIsNeverShown) {
  const Response response =
      problem_response(texts, Language::en, "r", Error::internal("disk 3 at /var/secret"));
  EXPECT_EQ(response.status, 500);
  EXPECT_EQ(response.body.find("secret"), std::string::npos);
}

}  // namespace
}  // namespace linchpin::inbound
