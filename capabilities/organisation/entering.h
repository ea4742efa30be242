#pragma once

// Who may enter for whom: the deputy of a manager while he stands in, and the sales assistant for
// those whom he assists. Nobody else, whatever his roles give him.

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "records/row.h"

namespace linchpin::organisation {

constexpr std::size_t max_managers = 100;

struct Manager {
  RecordId id;
  std::string name;
};

// For whom `user` may enter at `now`, by name; at most max_managers. People who are not active
// neither enter nor are entered for.
Result<std::vector<Manager>> managers_of(storage::Connection& connection,
                                         const records::Schema& schema, RecordId user, Instant now);

}  // namespace linchpin::organisation
