#pragma once

// Requests that an account be given to another: `owner_request`, one open one for each account. It
// is decided by whoever may give the account away himself, and never by who asked.

#include "records/records.h"

namespace linchpin::accounts {

// Who does something, within a write.
struct Person {
  records::Records& records;
  storage::Connection& connection;
  const access::AccessScope& scope;
  const stream::Origin& origin;
};

// Errors: not_found for an account that he does not see; forbidden for who changes no accounts;
// validation_failed of /to, which must be somebody else who works here; invalid_state /
// `owner_request_unowned`, `owner_request_open`. What was asked of an earlier owner ends here.
Result<RecordId> ask_for_owner(const Person& person, RecordId account, RecordId to,
                               const storage::Value& reason);

enum class Decision { approved, refused };

// An approval gives the account away in the same transaction. Errors: not_found; forbidden /
// `owner_request_not_yours`; invalid_state / `owner_request_settled`, and of an approval
// `owner_request_outdated` where the account has another owner by now.
Status decide_owner_request(const Person& person, RecordId id, Decision decision,
                            const storage::Value& note, Instant now);

// By who asked, or an administrator. Errors: as above.
Status withdraw_owner_request(const Person& person, RecordId id);

}  // namespace linchpin::accounts
