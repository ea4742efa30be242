#include "identify/rfm.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace linchpin::identify {
namespace {

RfmInput bought(std::int64_t account, Day last, std::int64_t orders, Units sales) {
  return {RecordId{account}, last, orders, sales};
}

std::string buckets_of(const Rfm& rfm, std::int64_t account) {
  for (const RfmRow& row : rfm.rows) {
    if (row.account.value != account) continue;
    return std::to_string(row.recency_bucket) + std::to_string(row.frequency_bucket) +
           std::to_string(row.monetary_bucket);
  }
  return "nobody";
}

TEST(Rfm, FifthsOfFive) {
  const Rfm rfm = rfm_of({bought(1, 100, 1, 10), bought(2, 90, 2, 20), bought(3, 80, 3, 30),
                          bought(4, 70, 4, 40), bought(5, 60, 5, 50)},
                         101);
  EXPECT_EQ(buckets_of(rfm, 1), "511");
  EXPECT_EQ(buckets_of(rfm, 3), "333");
  EXPECT_EQ(buckets_of(rfm, 5), "155");
  EXPECT_EQ(rfm.rows.front().account.value, 5);  // the best sum, then the most money
  EXPECT_EQ(rfm.rows.front().recency_days, 41);
  EXPECT_EQ(rfm.cells[4][0][0], 1);
}

TEST(Rfm, EqualsShareABucket) {
  // Three of four are equal and nobody is worse; the fourth has three below: 1 + ⌊15/4⌋.
  const Rfm rfm =
      rfm_of({bought(1, 9, 1, 7), bought(2, 9, 1, 7), bought(3, 9, 1, 7), bought(4, 9, 2, 8)}, 10);
  EXPECT_EQ(buckets_of(rfm, 1), "111");
  EXPECT_EQ(buckets_of(rfm, 3), "111");
  EXPECT_EQ(buckets_of(rfm, 4), "144");
}

TEST(Rfm, NobodyIsAnAnswer) {
  EXPECT_TRUE(rfm_of({}, 10).rows.empty());
}

RC_GTEST_PROP(RfmProperty, BucketsFollowTheirDefinition, ()) {
  const auto figures = *rc::gen::container<std::vector<int>>(rc::gen::inRange(-50, 50));
  std::vector<RfmInput> customers;
  for (std::size_t i = 0; i < figures.size(); ++i) {
    customers.push_back(bought(static_cast<std::int64_t>(i) + 1, 0, 1, figures[i]));
  }
  const Rfm rfm = rfm_of(customers, 1);
  std::int64_t counted = 0;
  for (const auto& by_recency : rfm.cells) {
    for (const auto& by_frequency : by_recency) {
      for (const std::int64_t count : by_frequency) counted += count;
    }
  }
  RC_ASSERT(counted == static_cast<std::int64_t>(figures.size()));
  for (const RfmRow& row : rfm.rows) {
    const auto worse = std::count_if(figures.begin(), figures.end(),
                                     [&](int figure) { return figure < row.monetary; });
    RC_ASSERT(row.monetary_bucket ==
              1 + static_cast<int>(5 * worse / static_cast<std::int64_t>(figures.size())));
  }
}

}  // namespace
}  // namespace linchpin::identify
