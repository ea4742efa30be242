#pragma once

// What a payment may settle: what its account owes, the oldest due first, and how the payment would
// be spread over it. It is a suggestion; nothing is settled before a person says so (claims.h).

#include <optional>
#include <vector>

#include "base/decimal.h"
#include "records/records.h"

namespace linchpin::receivables {

constexpr std::size_t max_open_items = 200;  // that are told of one account

// The amounts of parts, in the order of the open amounts, until nothing is left. What is open and
// not positive gets none.
std::vector<Units> spread(Units amount, const std::vector<Units>& open);

// {"payment":{"id","amount","unallocated","payer"},"account","candidates":[{"account","name",
// "code","because":[…]}],"items":[{"kind","id","number","contract","due_on","due_by","open",
// "suggested"}],"advance","truncated"}. Items are those of `account`, else of the payment's own,
// else of the best candidate whose name agrees. Errors: not_found for a payment or account out of
// sight.
Status write_suggestion(JsonWriter& out, records::Records& records,
                        const access::AccessScope& scope, RecordId payment,
                        std::optional<RecordId> account);

}  // namespace linchpin::receivables
