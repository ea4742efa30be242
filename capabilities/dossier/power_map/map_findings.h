#pragma once

// What the map of an account's people lacks and how thin the relation is: pure arithmetic.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/id.h"

namespace linchpin::dossier {

constexpr Day standing_stale_days = 90;  // an older opinion is not relied on
constexpr int strong_influence = 4;      // of 5
constexpr int champion_support = 3;      // of 5

// Somebody of theirs who is in office, with the opinion that holds on the day.
struct MapPerson {
  RecordId id;
  std::string layer;     // empty: not said
  std::string function;  // likewise
  bool has_standing = false;
  std::string buying_role;
  std::string attitude;
  std::optional<int> influence;
  std::optional<int> support;
  std::optional<Day> as_of;
  std::vector<RecordId> covered_by;  // users, each once
};

bool decides(const MapPerson& person);
bool is_against(const MapPerson& person);
bool is_champion(const MapPerson& person);
// An opinion without a day is as good as an old one.
bool is_stale(const MapPerson& person, Day today);

// `part`: the layer or function that has nobody; else `people` are those it is about.
struct MapGap {
  std::string_view kind;
  std::string_view part;
  std::vector<RecordId> people;
};

// In the order of their weight:
//   no_champion        nobody in the upper layers is for us
//   decider_uncovered  who decides and is covered by none of ours
//   decider_unknown    who decides and of whom nothing is noted
//   strong_opponent    influential and against us
//   standing_stale     who decides or is influential, by an opinion that is too old
//   nobody_in_layer, nobody_in_function
std::vector<MapGap> gaps_of(const std::vector<MapPerson>& people, Day today);

// Who of ours would leave people behind whom nobody else knows.
struct LoneCover {
  RecordId user;
  std::vector<RecordId> people;
};

// high: the relation hangs on one person of theirs or of ours, or on none; medium: on two of
// either side, or nobody who decides is among them; unknown: there are no people.
struct ThreadRisk {
  std::string_view level;
  int theirs = 0;  // people of theirs whom somebody of ours covers
  int ours = 0;    // people of ours who cover somebody
  bool decider_covered = false;
  std::vector<LoneCover> alone;  // the most people first
};
ThreadRisk thread_risk_of(const std::vector<MapPerson>& people);

}  // namespace linchpin::dossier
