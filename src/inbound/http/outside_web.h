#pragma once

// What the server asks of others over HTTP: one question, one answer, both small, within a time.
// Over TLS with a certificate that is checked; without TLS only on this machine.

#include <chrono>
#include <memory>
#include <string>

#include "base/result.h"
#include "inbound/http/message.h"

namespace linchpin::inbound {

struct OutsideQuestion {
  Method method = Method::get;
  std::string url;  // https://host[:port]/path?query
  Headers headers;
  std::string body;
};

struct OutsideAnswer {
  int status = 0;
  std::string body;
};

class OutsideWeb {
 public:
  virtual ~OutsideWeb() = default;
  // Blocks. Redirects are not followed. Errors: invalid_state / `address_not_safe` {address};
  // overloaded / `service_unreachable` {host}, `service_too_slow` {host, seconds},
  // `service_answer_too_large` {host, kilobytes}.
  virtual Result<OutsideAnswer> ask(const OutsideQuestion& question) = 0;
};

struct OutsideLimits {
  std::size_t header_bytes = 16 * 1024;
  std::size_t body_bytes = 256 * 1024;
  std::chrono::milliseconds time{5'000};  // for everything from the name to the last byte
};

// `certificates_file`: PEM, of the authorities that are believed; empty = those of the system.
// Error: `certificate_unusable` {file}.
Result<std::unique_ptr<OutsideWeb>> make_outside_web(const std::string& certificates_file,
                                                     OutsideLimits limits = {});

// Whether `ask` would go there.
bool is_safe_address(std::string_view url);

// An address with a place for what is asked, "https://host/path?name={query}". The place is behind
// the host, and what comes there is encoded: whoever asks cannot lead the question elsewhere.
bool is_safe_pattern(std::string_view pattern);
std::string address_for(std::string_view pattern, std::string_view query);

}  // namespace linchpin::inbound
