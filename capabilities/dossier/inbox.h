#pragma once

// What somebody is told, in the way that he wants it: at once, gathered in the digest of a day, or
// not at all, and without being disturbed in his quiet hours. Nothing is stored for it but what he
// has read and what he prefers, so that it never tells what he may not see.

#include <optional>

#include "dossier/reading.h"
#include "inbound/body.h"

namespace linchpin::dossier {

constexpr int inbox_days = 60;
constexpr int max_inbox_entries = 100;
constexpr std::size_t max_read_marks = 500;  // beyond them only those of what is told are kept

// {"entries":[{"id","kind","at","object","record","account","actor","text","read","held"}],
// "digest":{"id","day","at","entries","read","held"}|null,"unread","held","quiet_until"}: newest
// first. What is held came in the quiet hours that last until then; nobody is disturbed by it.
Status write_inbox(JsonWriter& out, const Reading& reading, bool unread_only);

// {"day","from","until","entries":[…],"complete"}: what came until the digest's time on that day
// since its time on the day before; the last digest when no day is named.
Status write_digest(JsonWriter& out, const Reading& reading, std::optional<Day> day);

// Entries by their ids, as far as they are told; all of them when none is named.
Status mark_read(const Reading& reading, const std::vector<std::string>& entries,
                 const stream::Origin& origin);

// As inbox_preferences.h writes them, with "time_zone".
Status write_inbox_preferences(JsonWriter& out, const Reading& reading);
// Errors: as changed() of inbox_preferences.h.
Status change_inbox_preferences(const Reading& reading, const inbound::Members& changes,
                                const stream::Origin& origin);

// Error: not_found for an account out of sight.
Status follow_account(const Reading& reading, RecordId account, bool follows,
                      const stream::Origin& origin);

// {"following","followers":[{"id","name"}]}. Error: not_found.
Status write_followers(JsonWriter& out, const Reading& reading, RecordId account);

}  // namespace linchpin::dossier
