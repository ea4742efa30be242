#pragma once

// Target lists by yearly edition (an industry's top 50): which of the names are accounts already,
// and who came in and dropped out since the edition before.

#include <string>

#include "identify/pool/pool_move.h"
#include "identify/pool/pool_reading.h"

namespace linchpin::identify {

constexpr std::size_t max_target_entries = 5'000;

// {"id","name","series","year","publisher","entries":[{"id","rank","name","account","pool_state",
// "influence","expected_volume"}],"previous","came_in","dropped_out"}. Error: not_found.
Result<std::string> target_list_answer(const PoolSource& source, RecordId list);

// {"entries":[{"id","name","candidates":[{"account","same"}]}]}: for each entry without an account
// those that the scope sees whose name says the same (several did) or holds the other, the closest
// first. Error: not_found.
constexpr std::size_t max_target_candidates = 5;  // of an entry
Result<std::string> target_candidates_answer(const PoolSource& source, RecordId list);

// Within a write: gives every entry without an account the one whose name, former or common name
// says the same; where several do, none. Where `create` is set, an account is made for the others.
// Errors: not_found; forbidden for a scope that may not do so by hand.
Status match_targets(const PoolPerson& person, RecordId list, bool create);

}  // namespace linchpin::identify
