#include "identify/company_names.h"

#include <algorithm>
#include <unordered_map>

#include "base/company_name.h"

namespace linchpin::identify {

namespace {

// Customers that are larger than the sum, and none of the group.
std::size_t rank_of(const Ranking& ranking, const NameGroup& group) {
  const auto larger = [&](const RankedCustomer& row) { return row.value > group.merged; };
  const auto end = std::partition_point(ranking.rows.begin(), ranking.rows.end(), larger);
  const auto above = static_cast<std::size_t>(end - ranking.rows.begin());
  const auto own = std::count_if(group.places.begin(), group.places.end(),
                                 [&](std::size_t place) { return place < above; });
  return above - static_cast<std::size_t>(own) + 1;
}

}  // namespace

std::vector<NameGroup> same_names(const Ranking& ranking, const std::vector<std::string>& names) {
  std::unordered_map<std::string, std::vector<std::size_t>> places;
  places.reserve(names.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    std::string essential = essential_name(names[i]);
    if (!essential.empty()) places[std::move(essential)].push_back(i);
  }
  std::vector<NameGroup> groups;
  for (auto& [name, found] : places) {
    if (found.size() < 2) continue;
    NameGroup group;
    group.places = std::move(found);
    for (const std::size_t place : group.places) group.merged += ranking.rows[place].value;
    group.merged_rank = rank_of(ranking, group);
    groups.push_back(std::move(group));
  }
  std::sort(groups.begin(), groups.end(), [](const NameGroup& a, const NameGroup& b) {
    return a.merged != b.merged ? a.merged > b.merged : a.places < b.places;
  });
  return groups;
}

}  // namespace linchpin::identify
