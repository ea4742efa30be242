#pragma once

// Everything that the first view of an account shows, in one answer: who it is, whose it is, how it
// does, what is missing, what comes next and what happened last.

#include "dossier/reading.h"

namespace linchpin::dossier {

constexpr int card_check_days = 7;  // an account's card is checked this often

// Error: not_found.
Status write_account_view(JsonWriter& out, const Reading& reading, RecordId account);

// Accounts whose card somebody checks every week: those of the upper tiers and of the pool.
json::value regularly_checked();
// Of those, the ones that are due.
json::value check_is_due(const Reading& reading);

}  // namespace linchpin::dossier
