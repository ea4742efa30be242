// What the server asks of others, asked of a server that the test holds in its hands.

#include "inbound/http/outside_web.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>

namespace linchpin::inbound {
namespace {

// Takes one connection, reads its request and says what it was told to say.
class OneAnswer {
 public:
  explicit OneAnswer(std::string answer) : answer_(std::move(answer)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    auto* bound = reinterpret_cast<sockaddr*>(&address);
    EXPECT_EQ(::bind(listener_, bound, size), 0);
    EXPECT_EQ(::listen(listener_, 1), 0);
    EXPECT_EQ(::getsockname(listener_, bound, &size), 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~OneAnswer() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }
  OneAnswer(const OneAnswer&) = delete;
  OneAnswer& operator=(const OneAnswer&) = delete;

  std::string url(const std::string& path) const {
    return "http://127.0.0.1:" + std::to_string(port_) + path;
  }
  const std::string& request() {
    ::shutdown(listener_, SHUT_RDWR);
    if (thread_.joinable()) thread_.join();
    thread_ = std::thread([] {});
    return request_;
  }

 private:
  void serve() {
    const int connection = ::accept(listener_, nullptr, nullptr);
    if (connection < 0) return;
    std::array<char, 4096> space{};
    while (request_.find("\r\n\r\n") == std::string::npos) {
      const auto count = ::recv(connection, space.data(), space.size(), 0);
      if (count <= 0) break;
      request_.append(space.data(), static_cast<std::size_t>(count));
    }
    std::string_view rest = answer_;
    while (!rest.empty()) {
      const auto count = ::send(connection, rest.data(), rest.size(), MSG_NOSIGNAL);
      if (count <= 0) break;
      rest.remove_prefix(static_cast<std::size_t>(count));
    }
    // Without an answer: until the other side has had enough.
    if (answer_.empty()) ::recv(connection, space.data(), space.size(), 0);
    ::close(connection);
  }

  const std::string answer_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::string request_;
  std::thread thread_;
};

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
    EXPECT_EQ(answer.error().detail, "service_unreachable");
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
