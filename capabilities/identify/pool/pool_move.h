#pragma once

// Moving an account in the pool: who may, whether it can be done, what is written. Everything of
// one move happens in one transaction, so that the account and its entries never differ.

#include <optional>
#include <string>

#include "base/json.h"
#include "identify/pool/pool_state.h"
#include "records/bulk.h"

namespace linchpin::identify {

struct PoolAsk {
  PoolAct act = PoolAct::request;
  RecordId account;
  std::string reason;
  std::string tier;         // empty: as it is
  RecordId round;           // none: outside of the rounds
  json::object evidence{};  // what the asker adds to the figures
  bool fast_track = false;
  // {"from_department","to_department","amount"?,"note"?}, or null.
  json::value transfer{};
};

// Who does it: the rights are his, the writes are the product's in his name.
struct PoolPerson {
  records::Records& records;
  storage::Connection& connection;
  const access::AccessScope& scope;
  stream::Origin origin;
  Instant now = 0;
};

// Within a write. Errors: not_found for an account that he does not see; forbidden, also with
// `pool_wrong_approver` and `pool_requester_decides`; invalid_state with `pool_blacklisted`,
// `pool_illegal_transition`, `pool_round_closed`, `pool_transfer_open`; validation_failed with
// `pool_missing_evidence`, `pool_incomplete_card`, or of a member.
Status move_in_pool(const PoolPerson& person, const PoolAsk& ask);

// Within a write: a head of one of the two departments accepts what the admission moves from the
// one's target to the other's. Errors: invalid_state / `pool_no_transfer`; forbidden /
// `pool_not_a_head`.
Status accept_transfer(const PoolPerson& person, RecordId account);

}  // namespace linchpin::identify
