#pragma once

// Rankings that were computed lately. A page, its CSV and its findings ask for the same one; a
// write of anything makes the next request compute anew.

#include <list>
#include <memory>
#include <mutex>
#include <string>

#include "identify/ranking_request.h"

namespace linchpin::identify {

struct ComputedRanking {
  Ranking ranking;
  Units unassigned = 0;
};

// The same customers and days by another measure, without tax and decay.
RankingRequest plain_request(const RankingRequest& request, Measure measure);

class ComputedRankings {
 public:
  static constexpr std::size_t max_kept = 8;
  static constexpr std::size_t max_kept_rows = 1'000'000;  // over all that are kept

  explicit ComputedRankings(records::Records& records) : records_(records) {}

  // Errors: those of measure_customers.
  Result<std::shared_ptr<const ComputedRanking>> of(const access::AccessScope& scope,
                                                    const RankingRequest& request);
  // Plain gross profit where costs are known; null where it would only repeat the sales.
  Result<std::shared_ptr<const ComputedRanking>> profit_of(const access::AccessScope& scope,
                                                           const RankingRequest& request);

 private:
  struct Kept {
    std::string text;
    std::int64_t seq;
    std::shared_ptr<const ComputedRanking> computed;
  };
  std::shared_ptr<const ComputedRanking> find(const std::string& text, std::int64_t seq);
  void keep(Kept kept);

  records::Records& records_;
  std::mutex mutex_;
  std::list<Kept> kept_;  // the latest first
};

}  // namespace linchpin::identify
