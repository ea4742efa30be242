#pragma once

// Routes: /session, /session/password, /tokens, /users/{id}/password.

#include "inbound/identity/identity.h"
#include "inbound/registration.h"

namespace linchpin::inbound {

// {id, login, name, locale, administrator}
void write_user(JsonWriter& out, const Principal& principal);

std::string session_cookie_header(std::string_view value, std::int64_t max_age_seconds,
                                  bool secure);

// `always_secure`: cookies are marked Secure even where this process does not see the TLS.
void install_identity_api(Registration& registration, Identity& identity, bool always_secure);

}  // namespace linchpin::inbound
