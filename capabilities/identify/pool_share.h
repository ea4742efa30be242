#pragma once

// What part of all sales and of all gross profit the key account pool brings, beside the part that
// it ought to bring.

#include <optional>

#include "base/json_writer.h"
#include "identify/computed_rankings.h"

namespace linchpin::identify {

// Of positive customers, as every share of a ranking.
struct PoolPart {
  WideUnits value = 0;  // of the pool's accounts
  WideUnits total = 0;
  double share = 0;
};

struct PoolShare {
  std::int64_t accounts = 0;  // in the pool or under watch now, whether they bought or not
  double yardstick = 0;
  std::optional<PoolPart> net_sales;     // nothing where nobody bought
  std::optional<PoolPart> gross_profit;  // nor where no costs are known or he may not see them
};

// Of the accounts behind the ranking's filter that the scope reaches, without tax and decay. The
// policy's yardstick holds where the request names none. Nothing for who may not see the pool.
// Errors: those of the rankings.
Result<std::optional<PoolShare>> pool_share(records::Records& records, ComputedRankings& rankings,
                                            const access::AccessScope& scope,
                                            const RankingRequest& request);

void write_pool_share(JsonWriter& out, const std::optional<PoolShare>& pool, int scale);

}  // namespace linchpin::identify
