#pragma once

// What the kinds of findings have in common.

#include "identify/findings.h"

namespace linchpin::identify {

// A list of ids in a filter; the first ones where there are more than a filter may hold.
json::object id_filter(const std::vector<RecordId>& ids);

// Speaks of accounts: gives the text, and says so when not all of them can be opened.
Finding account_finding(const FindingSources& sources, std::string code,
                        const std::vector<RecordId>& ids, ErrorParams params);

// The names of the first of `ids`, as a text for a sentence.
Result<std::string> first_names(const FindingSources& sources, const std::vector<RecordId>& ids);

// The customers of the first class, best first.
std::vector<RecordId> first_class(const Ranking& ranking);

}  // namespace linchpin::identify
