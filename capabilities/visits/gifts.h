#pragma once

// What the people of an account were given this year against their limit, and the decision on what
// is above it. Gifts are made and read as records.

#include <string>

#include "records/records.h"

namespace linchpin::visits {

constexpr std::size_t max_decision_note = 500;  // characters
constexpr std::size_t max_gift_people = 500;    // of an account, in one answer

// {"year","limit","people":[{"id","name","given","left"}]}: the people within the caller's sight
// who are in office or were given something, by name; of too many those who were given something
// and the first of the others. Errors: not_found for an account, its people or gifts out of sight.
Status write_gift_sums(JsonWriter& out, records::Records& records,
                       const access::AccessScope& scope, RecordId account);

struct GiftDecision {
  RecordId gift;
  bool approve = false;
  std::string note;  // why; a refusal needs one
};

// Within a write: by an administrator, whom the policy names, or anybody above who wrote the gift
// down. Errors: not_found;
// forbidden / `gift_not_above` for everybody else; invalid_state / `gift_settled` when it does not
// wait for a decision; validation_failed for what the rules refuse, `gift_own_decision` too.
Status decide_gift(records::Records& records, storage::Connection& connection,
                   const access::AccessScope& scope, const stream::Origin& origin,
                   const GiftDecision& decision, Instant now);

}  // namespace linchpin::visits
