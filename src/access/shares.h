#pragma once

// Records that somebody shared with a person or a department, and until when. Owns the table
// lp_share; the record engine asks it within the condition of each query.

#include <limits>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "storage/storage.h"

namespace linchpin::access {

constexpr Instant never_expires = std::numeric_limits<Instant>::max();
constexpr std::size_t max_shares_of_record = 200;

enum class ShareLevel { read = 1, edit = 2 };

struct Share {
  RecordId principal;  // a user or a department, with those below it
  ShareLevel level = ShareLevel::read;
  Instant expires_at = never_expires;
  RecordId given_by;
  Instant given_at = 0;
};

Status ensure_share_table(storage::Connection& connection);

// Takes the place of what the principal had. Error: invalid_state / `too_many_shares` {max}.
Status put_share(storage::Connection& connection, std::string_view object, RecordId record,
                 const Share& share);
// False: there was none.
Result<bool> remove_share(storage::Connection& connection, std::string_view object, RecordId record,
                          RecordId principal);
Result<std::vector<Share>> shares_of(storage::Connection& connection, std::string_view object,
                                     RecordId record);

// When the next share with one of the principals ends; never_expires: none does.
Result<Instant> next_expiry(storage::Connection& connection,
                            const std::vector<RecordId>& principals, Instant now);

// "SELECT record …": the records of the object that are shared with one of the principals.
storage::Sql shared_records_sql(std::string_view object, const std::vector<RecordId>& principals,
                                ShareLevel level, Instant now);

}  // namespace linchpin::access
