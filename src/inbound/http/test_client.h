#pragma once

// For tests: a blocking client on plain sockets. It gives up after ten seconds of silence.

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace linchpin::inbound {

struct TestReply {
  int status = 0;  // 0 = the connection ended before an answer
  std::string head;
  std::string body;

  // Of the first header of that name, as the server writes it.
  std::string header(std::string_view name) const {
    const std::string key = "\r\n" + std::string(name) + ": ";
    const std::size_t at = head.find(key);
    if (at == std::string::npos) return {};
    const std::size_t begin = at + key.size();
    return head.substr(begin, head.find("\r\n", begin) - begin);
  }
};

class TestClient {
 public:
  explicit TestClient(std::uint16_t port) : descriptor_(::socket(AF_INET, SOCK_STREAM, 0)) {
    const timeval patience{10, 0};
    ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(descriptor_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const auto* target = reinterpret_cast<const sockaddr*>(&address);
    connected_ = ::connect(descriptor_, target, sizeof address) == 0;
  }
  ~TestClient() { ::close(descriptor_); }
  TestClient(const TestClient&) = delete;
  TestClient& operator=(const TestClient&) = delete;

  bool connected() const { return connected_; }
  int descriptor() const { return descriptor_; }

  // False when the server has closed the connection.
  bool send(std::string_view data) {
    while (!data.empty()) {
      const ssize_t count = ::send(descriptor_, data.data(), data.size(), MSG_NOSIGNAL);
      if (count <= 0) return false;
      data.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
  }

  std::string read(std::size_t count) {
    while (received_.size() < count && receive()) {
    }
    std::string data = received_.substr(0, count);
    received_.erase(0, data.size());
    return data;
  }

  TestReply reply(bool head_only = false) {
    TestReply reply;
    std::size_t end = 0;
    while ((end = received_.find("\r\n\r\n")) == std::string::npos) {
      if (!receive()) return reply;
    }
    reply.head = received_.substr(0, end + 2);
    received_.erase(0, end + 4);
    reply.status = std::atoi(reply.head.substr(9, 3).c_str());
    const std::string length = reply.header("Content-Length");
    if (!head_only && !length.empty()) reply.body = read(std::stoul(length));
    return reply;
  }

  TestReply ask(std::string_view request) {
    send(request);
    return reply();
  }
  TestReply get(std::string_view path, std::string_view headers = {}) {
    return ask("GET " + std::string(path) + " HTTP/1.1\r\nHost: test\r\n" + std::string(headers) +
               "\r\n");
  }
  TestReply post(std::string_view path, std::string_view body, std::string_view headers = {}) {
    return ask("POST " + std::string(path) +
               " HTTP/1.1\r\nHost: test\r\nContent-Length: " + std::to_string(body.size()) +
               "\r\n" + std::string(headers) + "\r\n" + std::string(body));
  }

  // True when the server ends the connection without another byte.
  bool closes() { return received_.empty() && !receive() && ended_; }

 private:
  bool receive() {
    std::array<char, 65536> space{};
    const ssize_t count = ::recv(descriptor_, space.data(), space.size(), 0);
    ended_ = count == 0 || (count < 0 && errno == ECONNRESET);
    if (count > 0) received_.append(space.data(), static_cast<std::size_t>(count));
    return count > 0;
  }

  int descriptor_;
  bool connected_ = false;
  bool ended_ = false;
  std::string received_;
};

}  // namespace linchpin::inbound
