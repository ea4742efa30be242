#pragma once

// Tiers that people give against the points: asked for with a reason, an approver and a last day,
// in force when the approver has said yes, and until that day.

#include <boost/unordered/unordered_flat_map.hpp>
#include <string>

#include "identify/scoring/care_inputs.h"
#include "records/bulk.h"

namespace linchpin::identify {

constexpr int max_override_days = 366;
constexpr std::size_t max_override_reason = 2'000;  // bytes

struct Override {
  RecordId id;
  std::string tier;
};

// In force on the day, by account; of several the one approved last.
using Overrides = boost::unordered_flat_map<std::int64_t, Override>;
Result<Overrides> read_overrides(const InputSource& source, Day day);

struct OverrideRequest {
  RecordId account;
  std::string tier;
  std::string reason;
  RecordId approver;
  Day expires_on = 0;
};

// Within a write. Errors: validation_failed with `no_such_option` {value}, `link_not_found`
// {value}, `required`, `out_of_range` {min, max} or, of an approver who asks, `approver_asks`;
// forbidden.
Result<RecordId> request_override(records::Records& records, storage::Connection& connection,
                                  const access::AccessScope& scope, const stream::Origin& origin,
                                  const OverrideRequest& request);

// Within a write. Errors: not_found; forbidden for everybody but the approver; invalid_state /
// `override_settled` when it was approved before or has expired.
Status approve_override(records::Records& records, storage::Connection& connection,
                        const access::AccessScope& scope, const stream::Origin& origin, RecordId id,
                        Instant now);

}  // namespace linchpin::identify
