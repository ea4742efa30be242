#pragma once

// Which accounts are probably one customer: names that differ only in what does not tell companies
// apart.

#include <string>
#include <string_view>
#include <vector>

#include "identify/ranking.h"

namespace linchpin::identify {

struct NameGroup {
  std::vector<std::size_t> places;  // in the ranking's rows, best first; at least two
  WideUnits merged = 0;             // what they come to together
  std::size_t merged_rank = 0;      // where that would stand, from 1
};

// Groups of rows with equal essential names, the largest sum first. `names` are those of the first
// rows, in their order.
std::vector<NameGroup> same_names(const Ranking& ranking, const std::vector<std::string>& names);

}  // namespace linchpin::identify
