#pragma once

// Connections that ask as quickly as they are answered: HTTP/1.1, keep-alive, loopback.

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"

namespace linchpin::load {

struct Reply {
  int status = 0;
  std::string body;
};

class LoadConnection {
 public:
  static Result<LoadConnection> open(int port);
  LoadConnection(LoadConnection&& other) noexcept;
  LoadConnection& operator=(LoadConnection&&) = delete;
  ~LoadConnection();
  // `request` is the whole request; the answer has a Content-Length.
  Result<Reply> ask(const std::string& request);

 private:
  explicit LoadConnection(int socket) : socket_(socket) {}
  int socket_;
  std::string buffer_;
};

std::string get_request(const std::string& path, const std::string& token);
std::string post_request(const std::string& path, const std::string& token,
                         const std::string& body);
// Whatever the version of the record is.
std::string patch_request(const std::string& path, const std::string& token,
                          const std::string& body);

double milliseconds(std::chrono::steady_clock::duration duration);

struct LoadResult {
  std::int64_t answered = 0;
  std::int64_t failed = 0;  // a status other than expected
  double seconds = 0;
  double median_ms = 0;
  double p99_ms = 0;
  double per_second() const { return static_cast<double>(answered) / seconds; }
};

// `make` gives the n-th request of a connection. Runs for `seconds`.
Result<LoadResult> run_load(int port, int connections, double seconds, int expected_status,
                            const std::function<std::string(int connection, std::int64_t n)>& make);

}  // namespace linchpin::load
