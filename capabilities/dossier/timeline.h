#pragma once

// One stream of what happened with an account: visits, complaints, orders, payments, contracts,
// opportunities, promises, comments, causes, and changes of its card, newest first.

#include "dossier/reading.h"

namespace linchpin::dossier {

constexpr int max_timeline_page = 100;
constexpr int default_timeline_page = 20;

struct TimelineRequest {
  RecordId account;
  std::vector<std::string> kinds;  // empty = all
  RecordId contact;                // of the customer's people; none = whoever
  RecordId user;                   // of ours
  std::string after;
  int limit = default_timeline_page;
};

// The kinds that there are.
std::vector<std::string> timeline_kinds();

// {"entries":[{"kind","at","id","record"}],"page":{"next","has_more"}}. A cursor is a place in
// time; of what happened at one instant at most 400 entries are told. Errors: not_found;
// cursor_mismatch.
Status write_timeline(JsonWriter& out, const Reading& reading, const TimelineRequest& request);

}  // namespace linchpin::dossier
