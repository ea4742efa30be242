#pragma once

// Who asked for a job, as the job can know it later.

#include "access/scope.h"
#include "base/id.h"
#include "base/json.h"
#include "records/records.h"

namespace linchpin::jobs {

struct Requester {
  RecordId user;
  enum class Kind { person, administrator, product } kind = Kind::person;

  static Requester of(const access::AccessScope& scope);
  // What he may do now: rights may have gone since.
  Result<access::AccessScope> scope(records::Records& records) const;

  // As two members of a job's spec.
  void write(json::object& spec) const;
  static Requester read(const json::object& spec);
};

}  // namespace linchpin::jobs
