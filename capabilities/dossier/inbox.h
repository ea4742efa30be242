#pragma once

// What somebody is told: comments that mention him, comments and complaints at accounts that are
// his or that he follows, tasks that others gave him. Nothing is stored for it but what he has
// read, so that it never tells what he may not see.

#include "dossier/reading.h"

namespace linchpin::dossier {

constexpr int inbox_days = 60;
constexpr int max_inbox_entries = 100;
constexpr std::size_t max_read_marks = 500;  // beyond them only those of what is told are kept

// {"entries":[{"id","kind","at","object","record","account","actor","text","read"}],"unread"}:
// newest first.
Status write_inbox(JsonWriter& out, const Reading& reading, bool unread_only);

// Entries by their ids, as far as they are told; all of them when none is named.
Status mark_read(const Reading& reading, const std::vector<std::string>& entries,
                 const stream::Origin& origin);

// Error: not_found for an account out of sight.
Status follow_account(const Reading& reading, RecordId account, bool follows,
                      const stream::Origin& origin);

// {"following","followers":[{"id","name"}]}. Error: not_found.
Status write_followers(JsonWriter& out, const Reading& reading, RecordId account);

}  // namespace linchpin::dossier
