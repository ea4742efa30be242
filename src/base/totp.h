#pragma once

// One-time passwords by time (RFC 6238) as authenticator apps make them: SHA-1, 30 seconds.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace linchpin {

constexpr std::size_t totp_secret_bytes = 20;
constexpr std::int64_t totp_step_time = 30'000;  // milliseconds
constexpr int totp_digits = 6;

constexpr std::int64_t totp_step(Instant now) {
  return now / totp_step_time;
}

std::string totp_code(std::string_view secret, std::int64_t step, int digits = totp_digits);

// The step whose code this is: that of `now`, or one beside it for clocks that differ. Nothing
// where there is none after `last`, so that no code counts twice.
std::optional<std::int64_t> matching_totp_step(std::string_view secret, std::string_view code,
                                               Instant now, std::int64_t last);

// RFC 4648, capital letters, no padding: how people type a secret.
std::string to_base32(std::string_view bytes);

}  // namespace linchpin
