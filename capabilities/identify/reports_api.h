#pragma once

// What leaves the page of a ranking: GET /identify/findings, ranking.csv, summary.pdf, summary.png
// and definitions.

#include "identify/computed_rankings.h"
#include "inbound/registration.h"

namespace linchpin::identify {

void install_reports(inbound::Registration& registration,
                     std::shared_ptr<ComputedRankings> rankings);

}  // namespace linchpin::identify
