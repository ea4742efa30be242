#include "inbound/deed.h"

namespace linchpin::inbound {

Deed Deed::of(const Request& request, const Caller& caller) {
  return {caller.origin(), request.head.remote_address};
}

stream::AuditNote Deed::note(stream::AuditKind kind, Instant at) const {
  stream::AuditNote made;
  made.kind = kind;
  made.origin = origin;
  made.at = at;
  made.address = address;
  return made;
}

}  // namespace linchpin::inbound
