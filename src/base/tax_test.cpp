#include "base/tax.h"

#include <gtest/gtest.h>

namespace linchpin {
namespace {

TEST(Tax, AnExclusiveAmountGainsTheTax) {
  const auto split = split_tax(10'000, 1'300, TaxBasis::exclusive);
  ASSERT_TRUE(split);
  EXPECT_EQ(split->exclusive, 10'000);
  EXPECT_EQ(split->inclusive, 11'300);
}

TEST(Tax, AnInclusiveAmountLosesItRoundedHalfToEven) {
  const auto split = split_tax(100, 1'300, TaxBasis::inclusive);
  ASSERT_TRUE(split);
  EXPECT_EQ(split->exclusive, 88);  // 88.4956
  EXPECT_EQ(split->inclusive, 100);
}

TEST(Tax, ReturnsAreMirrored) {
  const auto sale = split_tax(12'345, 900, TaxBasis::inclusive);
  const auto credit = split_tax(-12'345, 900, TaxBasis::inclusive);
  ASSERT_TRUE(sale && credit);
  EXPECT_EQ(sale->exclusive, -credit->exclusive);
}

TEST(Tax, AnUnknownRateLeavesTheAmountAsItIs) {
  const auto split = split_tax(777, std::nullopt, TaxBasis::inclusive);
  ASSERT_TRUE(split);
  EXPECT_EQ(split->exclusive, 777);
  EXPECT_EQ(split->inclusive, 777);
}

TEST(Tax, OverflowIsAnErrorNotAWrongFigure) {
  const auto split = split_tax(INT64_MAX, 1'300, TaxBasis::exclusive);
  ASSERT_FALSE(split);
  EXPECT_EQ(split.error().detail, "number_too_large");
}

}  // namespace
}  // namespace linchpin
