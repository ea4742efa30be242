#include "identify/install.h"

#include "identify/churn_watch.h"
#include "identify/lifetime_api.h"
#include "identify/pool/pool_api.h"
#include "identify/pool/rounds_api.h"
#include "identify/pool/screening_api.h"
#include "identify/pool/segments_api.h"
#include "identify/pool/standards_api.h"
#include "identify/pool/targets_api.h"
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
  const inbound::Services& services = registration.services();
  keep_churn_warnings(services.jobs, services.records, services.texts, services.clock);
  install_scoring(registration);
  install_overrides(registration);
  install_pool(registration);
  install_rounds(registration);
  install_standards(registration);
  install_segments(registration);
  install_screening(registration);
  install_targets(registration);
}

}  // namespace linchpin::identify
