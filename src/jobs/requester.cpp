#include "jobs/requester.h"

namespace linchpin::jobs {

Requester Requester::of(const access::AccessScope& scope) {
  if (!scope.administrator()) return {scope.user(), Kind::person};
  return {scope.user(), scope.user() ? Kind::administrator : Kind::product};
}

access::AccessScope Requester::scope() const {
  switch (kind) {
    case Kind::administrator:
      return access::Authority::administrator(user);
    case Kind::product:
      return access::Authority::product();
    case Kind::person:
      break;
  }
  return access::Authority::person(user);
}

void Requester::write(json::object& spec) const {
  spec["user"] = user.value;
  spec["as"] = static_cast<std::int64_t>(kind);
}

Requester Requester::read(const json::object& spec) {
  return {RecordId{integer_at(spec, "user")}, static_cast<Kind>(integer_at(spec, "as"))};
}

}  // namespace linchpin::jobs
