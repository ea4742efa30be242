#pragma once

// Handing over and taking it back, each in one transaction: all of it happens or nothing.

#include "handover/ledger.h"
#include "records/bulk.h"

namespace linchpin::handover {

struct Deed {
  const access::AccessScope& scope;  // who hands over; his changes name him
  stream::Origin origin;
  Instant now = 0;
};

struct Outcome {
  json::object ledger;
  json::array open_points;
};

constexpr std::size_t max_open_points = 500;

// Moves everything and writes an item for each record below `handover`, where there is one. Error:
// invalid_state / `handover_not_balanced`.
Result<Outcome> carry_out(records::Records& records, storage::Connection& connection,
                          const Plan& plan, const Deed& deed, RecordId handover);

// {"restored","conflicts":[{"object","record","title","why"}]}: what somebody has changed since, or
// removed, is left as it is.
Result<json::object> take_back(records::Records& records, storage::Connection& connection,
                               const Deed& deed, RecordId handover);

}  // namespace linchpin::handover
