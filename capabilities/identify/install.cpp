#include "identify/install.h"

#include "identify/lifetime_api.h"
#include "identify/ranking_api.h"
#include "identify/reports_api.h"
#include "identify/scoring/overrides_api.h"
#include "identify/scoring/scoring_api.h"

namespace linchpin::identify {

void install(inbound::Registration& registration) {
  auto rankings = std::make_shared<ComputedRankings>(registration.services().records);
  install_ranking(registration, rankings);
  install_reports(registration, rankings);
  install_lifetime(registration);
  install_scoring(registration);
  install_overrides(registration);
}

}  // namespace linchpin::identify
