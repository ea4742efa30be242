#include "dossier/power_map/map_findings.h"

#include <algorithm>
#include <map>
#include <set>

namespace linchpin::dossier {

namespace {

constexpr std::string_view layers_of_a_customer[] = {"deciding", "managing", "operating"};
constexpr std::string_view functions_of_a_customer[] = {"user", "technical", "finance"};

template <typename Holds>
std::vector<RecordId> those(const std::vector<MapPerson>& people, Holds holds) {
  std::vector<RecordId> found;
  for (const MapPerson& person : people) {
    if (holds(person)) found.push_back(person.id);
  }
  return found;
}

bool is_strong(const MapPerson& person) {
  return person.influence.value_or(0) >= strong_influence;
}

bool is_upper(const MapPerson& person) {
  return decides(person) || person.layer == "managing";
}

}  // namespace

bool decides(const MapPerson& person) {
  return person.layer == "deciding" || person.buying_role == "decider" ||
         person.buying_role == "approver";
}

bool is_against(const MapPerson& person) {
  if (person.support) return *person.support < 0;
  return person.attitude == "opponent" || person.attitude == "sceptic";
}

bool is_champion(const MapPerson& person) {
  if (person.support) return *person.support >= champion_support;
  return person.attitude == "champion";
}

bool is_stale(const MapPerson& person, Day today) {
  return person.has_standing && (!person.as_of || today - *person.as_of > standing_stale_days);
}

std::vector<MapGap> gaps_of(const std::vector<MapPerson>& people, Day today) {
  std::vector<MapGap> gaps;
  const auto add = [&](std::string_view kind, std::vector<RecordId> found) {
    if (!found.empty()) gaps.push_back({kind, "", std::move(found)});
  };
  const bool has_champion = std::any_of(people.begin(), people.end(), [](const MapPerson& person) {
    return is_upper(person) && is_champion(person);
  });
  if (!has_champion) gaps.push_back({"no_champion", "", {}});
  add("decider_uncovered", those(people, [](const MapPerson& person) {
        return decides(person) && person.covered_by.empty();
      }));
  add("decider_unknown", those(people, [](const MapPerson& person) {
        return decides(person) && !person.has_standing;
      }));
  add("strong_opponent", those(people, [](const MapPerson& person) {
        return is_strong(person) && is_against(person);
      }));
  add("standing_stale", those(people, [&](const MapPerson& person) {
        return (decides(person) || is_strong(person)) && is_stale(person, today);
      }));
  for (const std::string_view layer : layers_of_a_customer) {
    const auto in_it = [&](const MapPerson& person) { return person.layer == layer; };
    if (those(people, in_it).empty()) gaps.push_back({"nobody_in_layer", layer, {}});
  }
  for (const std::string_view function : functions_of_a_customer) {
    const auto in_it = [&](const MapPerson& person) { return person.function == function; };
    if (those(people, in_it).empty()) gaps.push_back({"nobody_in_function", function, {}});
  }
  return gaps;
}

ThreadRisk thread_risk_of(const std::vector<MapPerson>& people) {
  ThreadRisk risk;
  if (people.empty()) {
    risk.level = "unknown";
    return risk;
  }
  std::set<RecordId> ours;
  std::map<RecordId, std::vector<RecordId>> alone;
  for (const MapPerson& person : people) {
    if (person.covered_by.empty()) continue;
    ++risk.theirs;
    risk.decider_covered = risk.decider_covered || decides(person);
    ours.insert(person.covered_by.begin(), person.covered_by.end());
    if (person.covered_by.size() == 1) alone[person.covered_by.front()].push_back(person.id);
  }
  risk.ours = static_cast<int>(ours.size());
  for (auto& [user, left] : alone) risk.alone.push_back({user, std::move(left)});
  std::stable_sort(risk.alone.begin(), risk.alone.end(), [](const auto& one, const auto& other) {
    return one.people.size() > other.people.size();
  });
  const int thinnest = std::min(risk.theirs, risk.ours);
  risk.level = thinnest <= 1                              ? "high"
               : thinnest == 2 || !risk.decider_covered ? "medium"
                                                          : "low";
  return risk;
}

}  // namespace linchpin::dossier
