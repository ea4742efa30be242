#pragma once

// A sign-in that the browser is away for: kept by the browser alone, in a cookie that only this
// workspace can read, so that every server process can go on with it.

#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/crypto.h"
#include "inbound/oidc/provider.h"

namespace linchpin::inbound {

constexpr std::int64_t pending_sign_in_time = std::int64_t{10} * 60 * 1000;
constexpr std::size_t max_next_bytes = 1000;

struct PendingSignIn {
  OidcProvider::Secrets secrets;
  std::string next;  // a path of this site
  Instant ends_at = 0;
};

// `next` becomes "/" where it is not a path of this site.
PendingSignIn new_pending_sign_in(std::string_view next, Instant now);
std::string sealed_text(const Key& workspace_key, const PendingSignIn& pending);
// Errors: unauthenticated / `sign_in_expired`, also where it is not what was sealed.
Result<PendingSignIn> opened_sign_in(const Key& workspace_key, std::string_view text, Instant now);

}  // namespace linchpin::inbound
