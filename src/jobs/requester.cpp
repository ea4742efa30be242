#include "jobs/requester.h"

namespace linchpin::jobs {

Requester Requester::of(const access::AccessScope& scope) {
  if (!scope.administrator()) return {scope.user(), Kind::person};
  return {scope.user(), scope.user() ? Kind::administrator : Kind::product};
}

Result<access::AccessScope> Requester::scope(records::Records& records) const {
  if (kind == Kind::product) return access::Authority::product();
  return records.scope_of(user);
}

void Requester::write(json::object& spec) const {
  spec["user"] = user.value;
  spec["as"] = static_cast<std::int64_t>(kind);
}

Requester Requester::read(const json::object& spec) {
  return {RecordId{integer_at(spec, "user")}, static_cast<Kind>(integer_at(spec, "as"))};
}

}  // namespace linchpin::jobs
