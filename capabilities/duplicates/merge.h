#pragma once

// Merging two accounts into one, and taking it back: each in one transaction, all of it or nothing.
// The account that is merged goes to the trash with its own history; what hung on it hangs on the
// kept one, and its name and code are known there.

#include "duplicates/merge_plan.h"

namespace linchpin::duplicates {

struct Deed {
  const access::AccessScope& scope;  // who merges; the changes name him
  stream::Origin origin;
  Instant now = 0;
};

struct Merged {
  RecordId id;        // of the account_merge
  json::array moved;  // {"object","records"}
  json::array filled;
};

// Errors: not_found and forbidden for who may not change the kept and remove the other account;
// validation_failed / `merge_with_itself`, `merge_keeps_pool`, `merge_too_large` {max}.
Result<Merged> merge_accounts(records::Records& records, storage::Connection& connection,
                              const MergeOf& merge, const std::string& reason, const Deed& deed);

struct TakenBack {
  std::int64_t restored = 0;
  json::array conflicts;  // {"object","record","why"}: changed since, or gone; left as they are
};

// Errors: not_found; forbidden; invalid_state / `merge_undone`, `merge_account_gone`.
Result<TakenBack> undo_merge(records::Records& records, storage::Connection& connection,
                             RecordId merge, const Deed& deed);

}  // namespace linchpin::duplicates
