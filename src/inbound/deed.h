#pragma once

// Who does something and from where, as the audit log tells it.

#include <string>

#include "inbound/registration.h"
#include "stream/audit_log.h"

namespace linchpin::inbound {

// By default the product itself: the command line, the first start.
struct Deed {
  stream::Origin origin;
  std::string address;

  static Deed of(const Request& request, const Caller& caller);
  stream::AuditNote note(stream::AuditKind kind, Instant at) const;
};

}  // namespace linchpin::inbound
