#pragma once

// What the moves that a scoring model would make mean for those who visit.

#include <string>

#include "identify/pool/pool_reading.h"
#include "identify/scoring/preview.h"

namespace linchpin::identify {

constexpr std::size_t max_load_owners = 100;

// {"change","managers":[{"owner","name","accounts","change"}],"truncated"}: visits a month more or
// fewer, altogether and for each account manager, the largest change first. Who has no tier is
// served by the base standard. `truncated`: not all moves are told apart by manager. Managers whom
// the scope may not know, it is not told.
Result<std::string> moves_load(const PoolSource& source, const Preview& preview);

}  // namespace linchpin::identify
