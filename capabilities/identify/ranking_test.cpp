#include "identify/ranking.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace linchpin::identify {
namespace {

const std::vector<ClassLimit> standard{{"A", 0.55}, {"B", 0.85}, {"C", 1}};

std::vector<std::string> no_codes(const std::vector<RecordId>& ids) {
  return std::vector<std::string>(ids.size());
}

std::vector<CustomerValue> customers(const std::vector<Units>& values) {
  std::vector<CustomerValue> all;
  for (std::size_t i = 0; i < values.size(); ++i) {
    all.push_back({RecordId{static_cast<std::int64_t>(i) + 1}, values[i]});
  }
  return all;
}

Ranking rank(const std::vector<Units>& values, Convention convention = Convention::before) {
  return rank_customers(customers(values), standard, convention, no_codes);
}

std::string classes_of(const Ranking& ranking) {
  std::string names;
  for (const RankedCustomer& row : ranking.rows) names += standard[row.class_index].name;
  return names;
}

std::vector<std::int64_t> accounts_of(const Ranking& ranking) {
  std::vector<std::int64_t> accounts;
  for (const RankedCustomer& row : ranking.rows) accounts.push_back(row.account.value);
  return accounts;
}

TEST(Ranking, EveryFigureOfASmallCase) {
  const Ranking ranking = rank({200, 600, -50, 200, 0});
  EXPECT_EQ(ranking.positive, 3U);
  EXPECT_EQ(ranking.total, 1000);
  EXPECT_EQ(ranking.non_positive_value, -50);
  EXPECT_DOUBLE_EQ(ranking.top20_share, 0.6);
  EXPECT_DOUBLE_EQ(ranking.top1_share, 0.6);
  EXPECT_NEAR(ranking.hhi, 0.36 + 0.04 + 0.04, 1e-12);
  // 2 · (1·200 + 2·200 + 3·600) / (3 · 1000) − 4/3
  EXPECT_NEAR(ranking.gini, 4800.0 / 3000 - 4.0 / 3, 1e-12);
  EXPECT_EQ(classes_of(ranking), "ABBCC");
  EXPECT_EQ(accounts_of(ranking), (std::vector<std::int64_t>{2, 1, 4, 5, 3}));
  EXPECT_DOUBLE_EQ(ranking.rows[1].share, 0.2);
  EXPECT_DOUBLE_EQ(ranking.rows[1].cumulative_share, 0.8);
}

TEST(Ranking, ClassesAddUp) {
  const Ranking ranking = rank({50, 30, 15, 5});
  ASSERT_EQ(ranking.classes.size(), 3U);
  EXPECT_EQ(ranking.classes[0].customers, 2);  // 0 and 50 % before
  EXPECT_EQ(ranking.classes[0].value, 80);
  EXPECT_DOUBLE_EQ(ranking.classes[0].share, 0.8);
  EXPECT_EQ(ranking.classes[1].customers, 1);
  EXPECT_EQ(ranking.classes[2].customers, 1);
  EXPECT_EQ(ranking.classes[2].value, 5);
}

TEST(Ranking, WhoCrossesAThresholdIsSettledByTheConvention) {
  EXPECT_EQ(classes_of(rank({60, 30, 10})), "ABC");
  EXPECT_EQ(classes_of(rank({60, 30, 10}, Convention::after)), "BCC");
  EXPECT_EQ(classes_of(rank({55, 30, 15})), "ABC");
  EXPECT_EQ(classes_of(rank({55, 30, 15}, Convention::after)), "ABC");
  EXPECT_EQ(classes_of(rank({100})), "A");
  EXPECT_EQ(classes_of(rank({100}, Convention::after)), "C");
}

TEST(Ranking, TiesStandInTheOrderOfTheirCodes) {
  const std::map<std::int64_t, std::string> codes{{1, "D"}, {2, ""}, {3, "B"}, {4, "C"}};
  const auto codes_of = [&](const std::vector<RecordId>& ids) {
    std::vector<std::string> found;
    for (const RecordId id : ids) found.push_back(codes.at(id.value));
    return found;
  };
  const std::vector<CustomerValue> tied{
      {RecordId{1}, 5}, {RecordId{2}, 5}, {RecordId{3}, 5}, {RecordId{4}, 5}};
  const Ranking ranking = rank_customers(tied, standard, Convention::before, codes_of);
  EXPECT_EQ(accounts_of(ranking), (std::vector<std::int64_t>{3, 4, 1, 2}));
}

TEST(Ranking, CodesAreAskedForTiesOnly) {
  std::vector<RecordId> asked;
  const auto codes_of = [&](const std::vector<RecordId>& ids) {
    asked.insert(asked.end(), ids.begin(), ids.end());
    return no_codes(ids);
  };
  rank_customers(customers({9, 7, 7, 1}), standard, Convention::before, codes_of);
  EXPECT_EQ(asked, (std::vector<RecordId>{RecordId{2}, RecordId{3}}));
}

TEST(Ranking, NobodyIsAnAnswer) {
  const Ranking empty = rank({});
  EXPECT_EQ(empty.positive, 0U);
  EXPECT_TRUE(empty.rows.empty());
  const Ranking none_positive = rank({-3, 0});
  EXPECT_EQ(none_positive.total, 0);
  EXPECT_EQ(none_positive.non_positive_value, -3);
  EXPECT_EQ(none_positive.gini, 0);
  EXPECT_EQ(none_positive.top20_share, 0);
  EXPECT_EQ(classes_of(none_positive), "CC");
}

TEST(Ranking, SumsBeyondSixtyFourBitsStayExact) {
  const Units large = std::numeric_limits<Units>::max();
  const Ranking ranking = rank({large, large, large});
  EXPECT_EQ(ranking.total, static_cast<WideUnits>(large) * 3);
  EXPECT_NEAR(ranking.hhi, 1.0 / 3, 1e-12);
  EXPECT_NEAR(ranking.gini, 0, 1e-12);
}

TEST(Ranking, TheFirstFifthIsRoundedUp) {
  EXPECT_DOUBLE_EQ(rank({1, 1, 1, 1, 1}).top20_share, 0.2);
  EXPECT_NEAR(rank({1, 1, 1, 1, 1, 1}).top20_share, 2.0 / 6, 1e-12);
}

TEST(Ranking, AnAmountHalvesWithEachHalfLife) {
  EXPECT_DOUBLE_EQ(recency_weight(0, 180), 1);
  EXPECT_DOUBLE_EQ(recency_weight(180, 180), 0.5);
  EXPECT_DOUBLE_EQ(recency_weight(540, 180), 0.125);
}

TEST(Migration, CountsWhoMovedCameAndWent) {
  const auto by_id = [](std::vector<CustomerValue> values) {
    return rank_customers(std::move(values), standard, Convention::before, no_codes);
  };
  // Earlier: 1 is A, 2 is B, 3 is C. Later: 2 is A, 1 and 4 follow, 3 has gone.
  const Ranking earlier = by_id({{RecordId{1}, 60}, {RecordId{2}, 30}, {RecordId{3}, 10}});
  const Ranking later = by_id({{RecordId{2}, 60}, {RecordId{1}, 30}, {RecordId{4}, 10}});
  const std::vector<Move> moves = migration(earlier, later, standard);
  const auto count = [&](const std::string& from, const std::string& to) {
    for (const Move& move : moves) {
      if (move.from == from && move.to == to) return move.customers;
    }
    return std::int64_t{0};
  };
  EXPECT_EQ(moves.size(), 4U);
  EXPECT_EQ(count("A", "B"), 1);
  EXPECT_EQ(count("B", "A"), 1);
  EXPECT_EQ(count("C", "lost"), 1);
  EXPECT_EQ(count("new", "C"), 1);
}

std::vector<Units> some_values() {
  const auto value = rc::gen::inRange<Units>(-1'000, 1'000'000);
  return *rc::gen::container<std::vector<Units>>(value);
}

Convention some_convention() {
  return *rc::gen::element(Convention::before, Convention::after);
}

RC_GTEST_PROP(RankingProperty, ClassesPartitionTheCustomers, ()) {
  const Ranking ranking = rank(some_values(), some_convention());
  std::int64_t in_classes = 0;
  WideUnits value = 0;
  std::size_t last = 0;
  for (const ClassSummary& summary : ranking.classes) {
    in_classes += summary.customers;
    value += summary.value;
  }
  RC_ASSERT(in_classes == static_cast<std::int64_t>(ranking.positive));
  RC_ASSERT(value == ranking.total);
  for (const RankedCustomer& row : ranking.rows) {
    RC_ASSERT(row.class_index >= last);
    last = row.class_index;
  }
}

RC_GTEST_PROP(RankingProperty, TheCumulativeShareGrowsToOne, ()) {
  const Ranking ranking = rank(some_values());
  double last = 0;
  for (std::size_t i = 0; i < ranking.positive; ++i) {
    RC_ASSERT(ranking.rows[i].cumulative_share > last);
    last = ranking.rows[i].cumulative_share;
  }
  RC_ASSERT(ranking.positive == 0 || last == 1);
  for (std::size_t i = 1; i < ranking.rows.size(); ++i) {
    RC_ASSERT(ranking.rows[i - 1].value >= ranking.rows[i].value);
  }
}

// Gini as half the mean absolute difference over the mean, pair by pair.
RC_GTEST_PROP(RankingProperty, IndicesAreThoseOfTheirDefinitions, ()) {
  const std::vector<Units> values = some_values();
  const Ranking ranking = rank(values);
  std::vector<double> positive;
  for (const Units value : values) {
    if (value > 0) positive.push_back(static_cast<double>(value));
  }
  const double total = std::accumulate(positive.begin(), positive.end(), 0.0);
  double differences = 0;
  double squares = 0;
  for (const double x : positive) {
    squares += (x / total) * (x / total);
    for (const double y : positive) differences += std::abs(x - y);
  }
  const auto n = static_cast<double>(positive.size());
  const double gini = positive.empty() ? 0 : differences / (2 * n * total);
  RC_ASSERT(std::abs(ranking.gini - gini) < 1e-9);
  RC_ASSERT(std::abs(ranking.hhi - squares) < 1e-9);
}

RC_GTEST_PROP(RankingProperty, EveryoneMovesOnce, ()) {
  const Ranking earlier = rank(some_values());
  const Ranking later = rank(some_values());
  std::int64_t moved = 0;
  for (const Move& move : migration(earlier, later, standard)) moved += move.customers;
  RC_ASSERT(moved == static_cast<std::int64_t>(std::max(earlier.rows.size(), later.rows.size())));
}

}  // namespace
}  // namespace linchpin::identify
