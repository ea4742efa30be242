#pragma once

// Somebody who has shown who he is, by a browser session or an API token.

#include <memory>
#include <string>

#include "access/scope.h"
#include "base/clock.h"
#include "base/id.h"

namespace linchpin::inbound {

struct Principal {
  enum class Kind { session, token };

  explicit Principal(access::AccessScope rights) : scope(rights) {}

  access::AccessScope scope;
  Kind kind = Kind::session;
  RecordId user;
  std::string login;
  std::string name;
  std::string locale;
  bool administrator = false;
  bool may_write = true;   // false: a token of scope "read"
  RecordId token;          // of a token
  std::string credential;  // SHA-256 of the session id or token
  std::string csrf_token;  // of a session
  Instant expires_at = 0;  // 0 = never

  std::string client() const { return kind == Kind::session ? "web" : "token:" + format_id(token); }
};

using PrincipalPointer = std::shared_ptr<const Principal>;

}  // namespace linchpin::inbound
