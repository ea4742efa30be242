#pragma once

// Who asked for a job, as the job can know it later.

#include "access/scope.h"
#include "base/id.h"
#include "base/json.h"

namespace linchpin::jobs {

struct Requester {
  RecordId user;
  enum class Kind { person, administrator, product } kind = Kind::person;

  static Requester of(const access::AccessScope& scope);
  access::AccessScope scope() const;

  // As two members of a job's spec.
  void write(json::object& spec) const;
  static Requester read(const json::object& spec);
};

}  // namespace linchpin::jobs
