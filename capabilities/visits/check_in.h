#pragma once

// 拜访打卡: whoever his role is asked of says once that he has arrived at a visit. Proves nothing
// alone and is needed for nothing: a report is taken without it.

#include <string>

#include "records/records.h"

namespace linchpin::visits {

constexpr int position_decimals = 3;  // of a degree: about 100 metres
constexpr std::int64_t max_accuracy = 100'000;  // metres

// What a browser says, in degrees and metres.
struct Position {
  double latitude = 0;
  double longitude = 0;
  std::int64_t accuracy = 0;
};

// "39.904, 116.407 ±35 m", rounded to position_decimals.
std::string position_text(const Position& position);

// Whether the workspace asks this person by one of his roles. The `check_in_policy` made first
// counts; without one nobody is asked.
Result<bool> is_asked_to_check_in(const records::Records& records, storage::Connection& connection,
                                  RecordId user);

// Within a write: the moment and the rounded position, of a visit that is not cancelled. The first
// one stays. Errors: not_found; forbidden / `check_in_not_asked`, or for who may not change the
// visit; invalid_state / `check_in_cancelled`, `check_in_once`.
Status check_in(records::Records& records, storage::Connection& connection,
                const access::AccessScope& scope, const stream::Origin& origin, RecordId visit,
                const Position& position, Instant now);

}  // namespace linchpin::visits
