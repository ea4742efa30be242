#pragma once

// For tests: the client's side of RFC 6455, by hand.

#include <string>
#include <string_view>

#include "inbound/http/test_client.h"

namespace linchpin::inbound {

struct TestFrame {
  int code = -1;  // 1 text, 2 binary, 8 close, 9 ping, 10 pong; -1 = the connection has ended
  std::string data;

  // Of a close frame.
  int close_code() const {
    if (code != 8 || data.size() < 2) return 0;
    return static_cast<unsigned char>(data[0]) * 256 + static_cast<unsigned char>(data[1]);
  }
};

class TestSocketClient {
 public:
  explicit TestSocketClient(std::uint16_t port) : client_(port) {}

  TestReply open(std::string_view path, std::string_view headers = {}) {
    client_.send("GET " + std::string(path) +
                 " HTTP/1.1\r\nHost: test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                 "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
                 std::string(headers) + "\r\n");
    return client_.reply();
  }

  // A whole message of less than 64 KiB in one masked frame.
  void send(int code, std::string_view data) {
    std::string frame(1, static_cast<char>(0x80 | code));
    if (data.size() < 126) {
      frame.push_back(static_cast<char>(0x80 | data.size()));
    } else {
      frame.push_back(static_cast<char>(0x80 | 126));
      frame.push_back(static_cast<char>(data.size() >> 8));
      frame.push_back(static_cast<char>(data.size() & 0xff));
    }
    constexpr std::string_view mask = "mask";
    frame.append(mask);
    for (std::size_t i = 0; i < data.size(); ++i) {
      frame.push_back(static_cast<char>(data[i] ^ mask[i % 4]));
    }
    client_.send(frame);
  }
  void send_text(std::string_view text) { send(1, text); }

  TestFrame receive() {
    TestFrame frame;
    const std::string head = client_.read(2);
    if (head.size() < 2) return frame;
    std::size_t size = static_cast<unsigned char>(head[1]);
    if (size >= 126) {
      const std::string length = client_.read(size == 126 ? 2 : 8);
      size = 0;
      for (const char byte : length) size = size * 256 + static_cast<unsigned char>(byte);
    }
    frame.code = head[0] & 0x0f;
    frame.data = client_.read(size);
    return frame;
  }

  bool closes() { return client_.closes(); }

 private:
  TestClient client_;
};

}  // namespace linchpin::inbound
