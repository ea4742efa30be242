#pragma once

// POST /identify/ranking.

#include "identify/computed_rankings.h"
#include "inbound/registration.h"

namespace linchpin::identify {

void install_ranking(inbound::Registration& registration,
                     std::shared_ptr<ComputedRankings> rankings);

}  // namespace linchpin::identify
