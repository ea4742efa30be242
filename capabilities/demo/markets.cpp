#include <map>

#include "demo/draft.h"

namespace linchpin::demo {

namespace {

constexpr int years_known = 3;
constexpr Units market_step = 1'000'000;  // sizes are estimates in whole millions

}  // namespace

// What the company sells in a region is a tenth of the market in its strongest ones and less where
// it came late.
void add_markets(Draft& draft) {
  Company& company = draft.company;
  const int last = civil_of(company.as_of).year;
  for (int year = last - years_known + 1; year <= last; ++year) {
    const std::vector<Units> sales =
        net_sales(company, day_of({year, 1, 1}), day_of({year + 1, 1, 1}));
    std::map<std::string, Units> by_region;
    for (std::size_t i = 0; i < sales.size(); ++i) {
      by_region[company.accounts[i].region] += sales[i];
    }
    Units times = 9;
    for (const auto& [region, sold] : by_region) {
      times += 2;
      const Units step = yuan(market_step);
      company.markets.push_back({region, year, (sold * times / step + 1) * step});
    }
  }
}

}  // namespace linchpin::demo
