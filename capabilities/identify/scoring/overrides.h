#pragma once

// Tiers that people give against the points: records of score_override, made with a reason, an
// approver and a last day, in force when the approver has said yes, and until that day.

#include <boost/unordered/unordered_flat_map.hpp>
#include <string>

#include "identify/scoring/care_inputs.h"
#include "records/bulk.h"

namespace linchpin::identify {

constexpr int max_override_days = 366;

struct Override {
  RecordId id;
  std::string tier;
};

// In force on the day, by account; of several the one approved last.
using Overrides = boost::unordered_flat_map<std::int64_t, Override>;
Result<Overrides> read_overrides(const InputSource& source, Day day);

// Within a write. An approver who may no longer sign in is stood in for by anybody above him, or by
// an administrator. Errors: not_found; forbidden for everybody else, and for one who asked himself;
// invalid_state / `override_settled` when it was approved before, has expired or
// would hold for too long.
Status approve_override(records::Records& records, storage::Connection& connection,
                        const access::AccessScope& scope, const stream::Origin& origin, RecordId id,
                        Instant now);

}  // namespace linchpin::identify
