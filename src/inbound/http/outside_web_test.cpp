// What the server asks of others, asked of a server that the test holds in its hands.

#include "inbound/http/outside_web.h"

#include <gtest/gtest.h>

#include "inbound/http/test_one_answer.h"

namespace linchpin::inbound {
namespace {

class OutsideWebTest : public ::testing::Test {
 protected:
  Result<OutsideAnswer> ask(const std::string& url, OutsideLimits limits = {}) {
    const auto web = make_outside_web({}, limits);
    EXPECT_TRUE(web);
    OutsideQuestion question;
    question.url = url;
    return (*web)->ask(question);
  }
};

TEST_F(OutsideWebTest, AsksAndReadsTheAnswer) {
  OneAnswer other("HTTP/1.1 201 Created\r\nContent-Length: 4\r\n\r\n{\"a\"");
  const auto web = make_outside_web({});
  ASSERT_TRUE(web);
  OutsideQuestion question;
  question.method = Method::post;
  question.url = other.url("/token?x=1#here");
  question.headers = {{"Authorization", "Basic eA=="}};
  question.body = "code=7";
  const auto answer = (*web)->ask(question);
  ASSERT_TRUE(answer) << answer.error().log_detail;
  EXPECT_EQ(answer->status, 201);
  EXPECT_EQ(answer->body, "{\"a\"");
  const std::string request = other.request();
  EXPECT_TRUE(request.starts_with("POST /token?x=1 HTTP/1.1\r\nHost: 127.0.0.1:")) << request;
  EXPECT_NE(request.find("\r\nAuthorization: Basic eA==\r\n"), std::string::npos);
  EXPECT_NE(request.find("\r\nContent-Length: 6\r\n"), std::string::npos);
  EXPECT_TRUE(request.ends_with("\r\n\r\ncode=7")) << request;
}

TEST_F(OutsideWebTest, AnswersThatAreTooLargeLateOrBrokenAreNone) {
  OutsideLimits limits;
  limits.body_bytes = 100;
  limits.time = std::chrono::milliseconds(300);
  OneAnswer large("HTTP/1.1 200 OK\r\n\r\n" + std::string(101, 'x'));
  OneAnswer long_head("HTTP/1.1 200 OK\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n");
  OneAnswer broken("what?\r\n\r\n");
  OneAnswer cut("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc");
  OneAnswer silent("");
  for (OneAnswer* other : {&large, &long_head, &broken, &cut, &silent}) {
    const auto answer = ask(other->url("/"), limits);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, ErrorCode::overloaded);
    const char* why = other == &large    ? "service_answer_too_large"
                      : other == &silent ? "service_too_slow"
                                         : "service_unreachable";
    EXPECT_EQ(answer.error().detail, why);
  }
}

TEST_F(OutsideWebTest, WhatIsAskedCannotLeadElsewhere) {
  EXPECT_EQ(address_for("https://example.com/c?name={query}", "a&b=1#/@x 华"),
            "https://example.com/c?name=a%26b%3D1%23%2F%40x%20%E5%8D%8E");
  for (const char* pattern : {"https://{query}/", "https://a.{query}.com/x", "https://example.com/",
                              "{query}", "http://10.0.0.1/{query}", "https://example.com/#{query}",
                              "https://u@example.com/{query}"}) {
    EXPECT_FALSE(is_safe_pattern(pattern)) << pattern;
  }
  for (const char* pattern : {"https://example.com/{query}", "http://localhost:8199/?q={query}"}) {
    EXPECT_TRUE(is_safe_pattern(pattern)) << pattern;
  }
}

TEST_F(OutsideWebTest, NobodyThereIsUnreachable) {
  std::string url;
  {
    const OneAnswer gone("HTTP/1.1 200 OK\r\n\r\n");
    url = gone.url("/");
  }
  EXPECT_EQ(ask(url).error().detail, "service_unreachable");
}

TEST_F(OutsideWebTest, WithoutTlsItGoesNowhereButHere) {
  for (const char* url :
       {"http://example.com/", "http://10.0.0.1/", "ftp://localhost/", "https://", "//x", "",
        "http://localhost@example.com/", "https://user@example.com/", "https://a b/",
        "https://example.com/\r\nX: y", "http://127.0.0.1.example.com/"}) {
    EXPECT_FALSE(is_safe_address(url)) << url;
    EXPECT_EQ(ask(url).error().detail, "address_not_safe") << url;
  }
  for (const char* url : {"https://example.com", "https://example.com:8443/a?b", "https://[::1]/",
                          "http://localhost:80", "http://127.0.0.1/", "http://[::1]:9/"}) {
    EXPECT_TRUE(is_safe_address(url)) << url;
  }
}

}  // namespace
}  // namespace linchpin::inbound
