#pragma once

// What a successor has to know on the first day: his new accounts, the people there, what is open.

#include "handover/store.h"

namespace linchpin::handover {

constexpr std::size_t max_brief_contacts = 1'000;

// {"user","accounts":[{"id","name","code","tier","lifecycle","contacts":[…],"open":n}],
//  "open_points","counts":[{"object","count"}]}
Result<json::object> brief_of(records::Records& records, storage::Connection& connection,
                              RecordId handover, RecordId user, const json::value& open_points);

}  // namespace linchpin::handover
