#pragma once

// How much a person at a customer may be given in a calendar year, and how much it was: by the
// workspace's record of `gift_policy`, or the product's own limits.

#include <boost/unordered/unordered_flat_map.hpp>
#include <string_view>

#include "base/date.h"
#include "base/decimal.h"
#include "records/row.h"

namespace linchpin::visits {

// Whole units of money, where the policy does not say otherwise and the ownership of the account is
// known to be neither public nor of the state; there it is 0.
constexpr Units usual_gift_limit = 500;

// In the smallest unit of money, for the people of an account. No such account: 0.
Result<Units> gift_limit(storage::Connection& connection, const records::Schema& schema,
                         RecordId account);

// Whom the policy names to decide beside those above who wrote a gift down. None: nobody.
Result<RecordId> gift_approver(storage::Connection& connection, const records::Schema& schema);

// By contact, of the person or of all people of the account: what was given or approved in the
// calendar year. What rests in the trash counts, because it may come back. Error:
// validation_failed / `number_too_large`.
struct GiftQuestion {
  int year = 0;
  RecordId contact = {};
  RecordId account = {};  // of whom the contacts are, where no contact is said
  RecordId except = {};   // a gift that is left out
};
using GiftSums = boost::unordered_flat_map<std::int64_t, Units>;
Result<GiftSums> gifts_in_year(storage::Connection& connection, const records::Schema& schema,
                               const GiftQuestion& question);

}  // namespace linchpin::visits
