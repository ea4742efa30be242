#pragma once

// The business network of an account: the group that it stands in, with sales and credit of each
// entity and of all, and the companies that it has to do with.

#include "dossier/reading.h"

namespace linchpin::dossier {

constexpr std::size_t max_group_accounts = 300;
constexpr int max_group_levels = 10;  // above and below
constexpr int max_relations = 200;
constexpr std::size_t max_followers_measured = 50;  // those with a first day
constexpr std::int32_t network_months = 12;         // of sales, the current one too

// {"top","from","members","total","relations","truncated"}; sums are null where the reader may not
// see what they are made of. Error: not_found.
Status write_network(JsonWriter& out, const Reading& reading, RecordId account);

}  // namespace linchpin::dossier
