#include "inbound/oidc/id_token.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/crypto.h"
#include "inbound/oidc/web_keys.h"

namespace linchpin::inbound {
namespace {

// Seconds since 1970, with or without a fraction.
std::optional<Instant> moment_of(const json::object& claims, std::string_view name) {
  constexpr double latest = 253'402'300'800;  // the year 10000
  const json::value* value = claims.if_contains(name);
  if (value == nullptr || !value->is_number()) return std::nullopt;
  const double seconds = value->to_number<double>();
  if (!(seconds >= 0 && seconds < latest)) return std::nullopt;
  return static_cast<Instant>(std::floor(seconds * 1000));
}

bool is_for(const json::object& claims, const std::string& client) {
  const json::value* audience = claims.if_contains("aud");
  if (audience == nullptr) return false;
  if (audience->is_string()) return text_member(claims, "aud") == client;
  if (!audience->is_array()) return false;
  const json::array& all = audience->get_array();
  const bool named = std::any_of(all.begin(), all.end(), [&](const json::value& one) {
    return one.is_string() && std::string_view(one.get_string()) == client;
  });
  return named && (all.size() == 1 || text_member(claims, "azp") == client);
}

}  // namespace

Status check_id_token(const json::object& claims, const ExpectedToken& expected) {
  if (text_member(claims, "iss") != expected.issuer) return identity_not_proven("another issuer");
  if (text_member(claims, "sub").empty()) return identity_not_proven("nobody's token");
  if (!is_for(claims, expected.client)) return identity_not_proven("a token for another client");
  if (claims.contains("azp") && text_member(claims, "azp") != expected.client) {
    return identity_not_proven("a token that another client asked for");
  }
  const auto ends = moment_of(claims, "exp");
  if (!ends || *ends + clocks_may_differ <= expected.now) {
    return identity_not_proven("a token that has ended");
  }
  const auto begins = moment_of(claims, "iat");
  if (!begins || *begins - clocks_may_differ > expected.now) {
    return identity_not_proven("a token of the future");
  }
  if (!equal_in_constant_time(text_member(claims, "nonce"), expected.nonce)) {
    return identity_not_proven("a token of another sign-in");
  }
  return {};
}

}  // namespace linchpin::inbound
