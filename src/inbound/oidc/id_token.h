#pragma once

// What an ID token must say before it is believed (OpenID Connect Core, 3.1.3.7).

#include <string>

#include "base/clock.h"
#include "base/json.h"

namespace linchpin::inbound {

constexpr std::int64_t clocks_may_differ = 60'000;

struct ExpectedToken {
  std::string issuer;
  std::string client;
  std::string nonce;
  Instant now = 0;
};

// Error: unauthenticated / `identity_not_proven`.
Status check_id_token(const json::object& claims, const ExpectedToken& expected);

}  // namespace linchpin::inbound
