#include "load_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <thread>

namespace linchpin::load {

namespace {

using SteadyClock = std::chrono::steady_clock;
constexpr std::size_t read_bytes = 64 * 1024;

Error broken(const char* what) {
  return Error::internal(std::string("load client: ") + what);
}

}  // namespace

double milliseconds(std::chrono::steady_clock::duration duration) {
  return std::chrono::duration<double, std::milli>(duration).count();
}

Result<LoadConnection> LoadConnection::open(int port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (socket < 0) return broken("no socket");
  LoadConnection connection(socket);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int on = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    return broken("not accepted");
  }
  return connection;
}

LoadConnection::LoadConnection(LoadConnection&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), buffer_(std::move(other.buffer_)) {}

LoadConnection::~LoadConnection() {
  if (socket_ >= 0) ::close(socket_);
}

Result<Reply> LoadConnection::ask(const std::string& request) {
  std::string_view rest = request;
  while (!rest.empty()) {
    const ssize_t sent = ::send(socket_, rest.data(), rest.size(), MSG_NOSIGNAL);
    if (sent <= 0) return broken("closed while sending");
    rest.remove_prefix(static_cast<std::size_t>(sent));
  }
  std::size_t header_end = std::string::npos;
  std::size_t length = 0;
  while (true) {
    if (header_end == std::string::npos) {
      header_end = buffer_.find("\r\n\r\n");
      if (header_end != std::string::npos) {
        const std::size_t at = buffer_.find("Content-Length: ");
        if (at == std::string::npos || at > header_end) return broken("no length");
        std::from_chars(buffer_.data() + at + 16, buffer_.data() + header_end, length);
        header_end += 4;
      }
    }
    if (header_end != std::string::npos && buffer_.size() >= header_end + length) break;
    char block[read_bytes];
    const ssize_t got = ::recv(socket_, block, sizeof block, 0);
    if (got <= 0) return broken("closed while reading");
    buffer_.append(block, static_cast<std::size_t>(got));
  }
  Reply reply;
  std::from_chars(buffer_.data() + 9, buffer_.data() + 12, reply.status);
  reply.body = buffer_.substr(header_end, length);
  buffer_.erase(0, header_end + length);
  return reply;
}

std::string get_request(const std::string& path, const std::string& token) {
  return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token +
         "\r\n\r\n";
}

namespace {

std::string request_with_body(const std::string& begin, const std::string& token,
                              const std::string& body) {
  return begin + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token +
         "\r\nIf-Match: *\r\nContent-Type: application/json\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace

std::string post_request(const std::string& path, const std::string& token,
                         const std::string& body) {
  return request_with_body("POST " + path, token, body);
}

std::string patch_request(const std::string& path, const std::string& token,
                          const std::string& body) {
  return request_with_body("PATCH " + path, token, body);
}

Result<LoadResult> run_load(
    int port, int connections, double seconds, int expected_status,
    const std::function<std::string(int connection, std::int64_t n)>& make) {
  std::vector<LoadConnection> sockets;
  for (int i = 0; i < connections; ++i) {
    LP_TRY(LoadConnection connection, LoadConnection::open(port));
    sockets.push_back(std::move(connection));
  }
  std::vector<LoadResult> parts(static_cast<std::size_t>(connections));
  std::vector<std::vector<double>> times(static_cast<std::size_t>(connections));
  const auto begin = SteadyClock::now();
  const auto end = begin + std::chrono::duration<double>(seconds);
  std::vector<std::thread> threads;
  for (int i = 0; i < connections; ++i) {
    threads.emplace_back([&, i] {
      const auto slot = static_cast<std::size_t>(i);
      for (std::int64_t n = 0; SteadyClock::now() < end; ++n) {
        const auto asked = SteadyClock::now();
        const auto reply = sockets[slot].ask(make(i, n));
        times[slot].push_back(milliseconds(SteadyClock::now() - asked));
        ++(reply && reply->status == expected_status ? parts[slot].answered : parts[slot].failed);
        if (!reply) return;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  LoadResult whole;
  whole.seconds = std::chrono::duration<double>(SteadyClock::now() - begin).count();
  std::vector<double> all;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    whole.answered += parts[i].answered;
    whole.failed += parts[i].failed;
    all.insert(all.end(), times[i].begin(), times[i].end());
  }
  if (all.empty()) return broken("no answer");
  std::sort(all.begin(), all.end());
  whole.median_ms = all[all.size() / 2];
  whole.p99_ms = all[all.size() * 99 / 100];
  return whole;
}

}  // namespace linchpin::load
