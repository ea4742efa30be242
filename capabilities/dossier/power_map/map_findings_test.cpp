#include "dossier/power_map/map_findings.h"

#include <gtest/gtest.h>

namespace linchpin::dossier {
namespace {

constexpr Day today = 20'000;
constexpr RecordId anna{901}, boris{902}, clara{903};

MapPerson somebody(std::int64_t id, std::string layer, std::string function) {
  MapPerson person;
  person.id = RecordId{id};
  person.layer = std::move(layer);
  person.function = std::move(function);
  return person;
}

void stand(MapPerson& person, int support, Day as_of, int influence = 3) {
  person.has_standing = true;
  person.support = support;
  person.influence = influence;
  person.as_of = as_of;
}

// Everybody is there, is for us, is known since today and covered by two of ours.
std::vector<MapPerson> sound_map() {
  std::vector<MapPerson> people{somebody(1, "deciding", "user"),
                                somebody(2, "managing", "technical"),
                                somebody(3, "operating", "finance")};
  for (MapPerson& person : people) {
    stand(person, 4, today);
    person.covered_by = {anna, boris};
  }
  people.front().covered_by.push_back(clara);
  return people;
}

std::vector<std::string> kinds(const std::vector<MapPerson>& people) {
  std::vector<std::string> found;
  for (const MapGap& gap : gaps_of(people, today)) {
    found.push_back(std::string(gap.kind) + (gap.part.empty() ? "" : ":") + std::string(gap.part));
  }
  return found;
}

TEST(MapGaps, ASoundMapHasNone) { EXPECT_TRUE(kinds(sound_map()).empty()); }

TEST(MapGaps, AnEmptyMapLacksEverybody) {
  const std::vector<std::string> all{"no_champion",
                                     "nobody_in_layer:deciding",
                                     "nobody_in_layer:managing",
                                     "nobody_in_layer:operating",
                                     "nobody_in_function:user",
                                     "nobody_in_function:technical",
                                     "nobody_in_function:finance"};
  EXPECT_EQ(kinds({}), all);
}

TEST(MapGaps, WhoDecidesIsKnownAndCovered) {
  auto people = sound_map();
  people[0].covered_by.clear();
  EXPECT_EQ(kinds(people), std::vector<std::string>{"decider_uncovered"});
  people = sound_map();
  people[2].covered_by.clear();
  EXPECT_TRUE(kinds(people).empty());
  people[2].buying_role = "approver";
  EXPECT_EQ(kinds(people), std::vector<std::string>{"decider_uncovered"});
  people = sound_map();
  people[0].has_standing = false;
  people[0].support.reset();
  people[0].as_of.reset();
  EXPECT_EQ(kinds(people), std::vector<std::string>{"decider_unknown"});
  EXPECT_EQ(gaps_of(people, today).front().people, std::vector{RecordId{1}});
}

TEST(MapGaps, AChampionSitsInTheUpperLayers) {
  auto people = sound_map();
  stand(people[0], 2, today);
  stand(people[1], 2, today);
  EXPECT_EQ(kinds(people), std::vector<std::string>{"no_champion"});
  people[1].support.reset();
  people[1].attitude = "champion";
  EXPECT_TRUE(kinds(people).empty());
}

TEST(MapGaps, AnOpinionGrowsOldAfterItsDays) {
  auto people = sound_map();
  people[0].as_of = today - standing_stale_days;
  EXPECT_TRUE(kinds(people).empty());
  people[0].as_of = today - standing_stale_days - 1;
  EXPECT_EQ(kinds(people), std::vector<std::string>{"standing_stale"});
  people[0].as_of.reset();
  EXPECT_EQ(kinds(people), std::vector<std::string>{"standing_stale"});
  people = sound_map();
  people[2].as_of = today - 1'000;  // neither decides nor is influential
  EXPECT_TRUE(kinds(people).empty());
  people[2].influence = strong_influence;
  EXPECT_EQ(kinds(people), std::vector<std::string>{"standing_stale"});
}

TEST(MapGaps, AnInfluentialOpponentIsNamed) {
  auto people = sound_map();
  stand(people[2], -1, today, strong_influence - 1);
  EXPECT_TRUE(kinds(people).empty());
  stand(people[2], -1, today, strong_influence);
  EXPECT_EQ(kinds(people), std::vector<std::string>{"strong_opponent"});
  people[2].support.reset();
  people[2].attitude = "sceptic";
  EXPECT_EQ(kinds(people), std::vector<std::string>{"strong_opponent"});
  people[2].support = 0;  // the number holds before the word
  EXPECT_TRUE(kinds(people).empty());
}

TEST(ThreadRisk, HangsOnTheThinnerSide) {
  auto people = sound_map();
  EXPECT_EQ(thread_risk_of(people).level, "low");
  EXPECT_EQ(thread_risk_of(people).theirs, 3);
  EXPECT_EQ(thread_risk_of(people).ours, 3);
  people[0].covered_by.pop_back();
  EXPECT_EQ(thread_risk_of(people).level, "medium");  // two of ours
  for (MapPerson& person : people) person.covered_by = {anna};
  const ThreadRisk single = thread_risk_of(people);
  EXPECT_EQ(single.level, "high");
  ASSERT_EQ(single.alone.size(), 1U);
  EXPECT_EQ(single.alone.front().user, anna);
  EXPECT_EQ(single.alone.front().people.size(), 3U);
  people = sound_map();
  people[1].covered_by.clear();
  EXPECT_EQ(thread_risk_of(people).level, "medium");  // two of theirs
  people[2].covered_by.clear();
  EXPECT_EQ(thread_risk_of(people).level, "high");
}

TEST(ThreadRisk, WithoutADeciderItIsNeverLow) {
  auto people = sound_map();
  people.push_back(somebody(4, "operating", "user"));
  people[3].covered_by = {anna, boris};
  people[0].covered_by.clear();
  people[1].covered_by.push_back(clara);
  const ThreadRisk risk = thread_risk_of(people);
  EXPECT_EQ(risk.theirs, 3);
  EXPECT_FALSE(risk.decider_covered);
  EXPECT_EQ(risk.level, "medium");
}

TEST(ThreadRisk, NobodyCoveredIsHighAndNobodyAtAllUnknown) {
  EXPECT_EQ(thread_risk_of({}).level, "unknown");
  EXPECT_EQ(thread_risk_of({somebody(1, "deciding", "user")}).level, "high");
}

TEST(ThreadRisk, NamesFirstWhoLeavesMostBehind) {
  auto people = sound_map();
  people[0].covered_by = {anna};
  people[1].covered_by = {boris};
  people[2].covered_by = {boris};
  const ThreadRisk risk = thread_risk_of(people);
  ASSERT_EQ(risk.alone.size(), 2U);
  EXPECT_EQ(risk.alone.front().user, boris);
}

}  // namespace
}  // namespace linchpin::dossier
