#pragma once

// Claiming receipts 回款认领: whose a payment is and what it settles, said by a person and written
// in one transaction; and taking that back in one.

#include <optional>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "records/records.h"

namespace linchpin::receivables {

constexpr std::size_t max_claim_parts = 100;

// What a part of the payment settles; at least one of them.
struct ClaimPart {
  RecordId invoice, contract, payment_node;
  Units amount = 0;
};

struct Claim {
  RecordId payment;
  RecordId account;  // none: the payment's own
  std::vector<ClaimPart> parts;
};

struct Claimed {
  RecordId account;
  bool account_set = false;  // by this claim
  std::vector<RecordId> allocations;
};

// Whoever may edit the payment and make allocations, and sees the account. What is left of the
// payment is an advance. Within a write. Errors: not_found for a payment out of sight; forbidden;
// invalid_state / `payment_claimed` for a payment of another account; validation_failed /
// `claim_needs_account`, `link_not_found`, `claim_other_account` for what the account does not owe,
// `allocation_over_payment`, `allocation_over_invoice`, `allocation_dishonoured`.
Result<Claimed> claim_payment(records::Records& records, storage::Connection& connection,
                              const access::AccessScope& scope, const stream::Origin& origin,
                              const Claim& claim, Instant now);

struct Unclaim {
  RecordId payment;
  std::optional<std::vector<RecordId>> allocations;  // nothing: all of the payment
  std::optional<bool> account;  // whether it goes too; nothing: when a claim has set it
};

// As above. Errors: not_found for an allocation of another payment too.
Status unclaim_payment(records::Records& records, storage::Connection& connection,
                       const access::AccessScope& scope, const stream::Origin& origin,
                       const Unclaim& unclaim);

}  // namespace linchpin::receivables
