#pragma once

// What an admission moves from one department's target to another's (大客户划转), accepted by both
// heads: {"from_department","to_department","amount"?,"note"?,"accepted":[{"department","user",
// "at"}]} on the request.

#include "base/json.h"
#include "identify/pool/pool_reading.h"

namespace linchpin::identify {

// Reads the member `transfer` of a request; null where it is absent. Errors: malformed and
// validation_failed with their place.
Result<json::value> read_transfer(const json::object& body);

// Error: validation_failed / `pool_no_head` where one of the departments is unknown or has no head.
Status check_transfer_heads(const PoolSource& source, const json::object& transfer);

}  // namespace linchpin::identify
