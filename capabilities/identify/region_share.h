#pragma once

// One account's share of its region's sales, beside our share of the region's market 市场占有率.

#include <optional>
#include <string>

#include "base/json_writer.h"
#include "identify/computed_rankings.h"

namespace linchpin::identify {

// A calendar year whose market size is known: the parts of the region's market are added up.
struct RegionMarket {
  std::int64_t year = 0;
  WideUnits size = 0;
  int size_scale = 0;
  WideUnits sales = 0;  // ours in the region in that year
  Units account_sales = 0;
  bool over = false;  // the year lies behind us
};

struct RegionShare {
  std::string region;   // empty: the account has none, and nothing else is told
  WideUnits sales = 0;  // of the region's positive customers, without tax
  std::size_t customers = 0;
  Units account_sales = 0;
  std::optional<RegionMarket> market;  // the latest known one that begins before the window's end
};

// Errors: not_found for an account out of reach; forbidden for who does not reach every account,
// because the total would tell him of the others, or may not see sales or regions.
Result<RegionShare> region_share(records::Records& records, ComputedRankings& rankings,
                                 const access::AccessScope& scope, RecordId account,
                                 records::Window window);

void write_region_share(JsonWriter& out, const RegionShare& share, int sales_scale);

}  // namespace linchpin::identify
