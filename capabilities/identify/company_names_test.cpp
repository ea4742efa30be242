#include "identify/company_names.h"

#include <gtest/gtest.h>

namespace linchpin::identify {
namespace {

Ranking ranking_of(const std::vector<Units>& values) {
  std::vector<CustomerValue> customers;
  for (const Units value : values) {
    customers.push_back({RecordId{static_cast<std::int64_t>(customers.size()) + 1}, value});
  }
  return rank_customers(
      std::move(customers), {{"A", 0.55}, {"B", 0.85}, {"C", 1}}, Convention::before,
      [](const std::vector<RecordId>& ids) { return std::vector<std::string>(ids.size()); });
}

TEST(SameNames, TellTheRankAfterMerging) {
  const Ranking ranking = ranking_of({100, 80, 60, 50, -5});
  const auto groups = same_names(
      ranking, {"东方机床厂", "南方", "北方泵业有限公司", "北方泵业（集团）", "南方集团"});
  ASSERT_EQ(groups.size(), 2U);
  EXPECT_EQ(groups[0].places, (std::vector<std::size_t>{2, 3}));
  EXPECT_EQ(groups[0].merged, 110);
  EXPECT_EQ(groups[0].merged_rank, 1U);
  EXPECT_EQ(groups[1].places, (std::vector<std::size_t>{1, 4}));
  EXPECT_EQ(groups[1].merged, 75);
  EXPECT_EQ(groups[1].merged_rank, 2U);
}

TEST(SameNames, DifferentNamesAreNoGroup) {
  EXPECT_TRUE(same_names(ranking_of({3, 2}), {"东方机床", "西方机床"}).empty());
  EXPECT_TRUE(same_names(ranking_of({3, 2}), {"", ""}).empty());
}

}  // namespace
}  // namespace linchpin::identify
