#include "receivables/suggestion.h"

#include <gtest/gtest.h>

namespace linchpin::receivables {
namespace {

TEST(Suggestion, IsSpreadInOrderAndToTheLastUnit) {
  using Amounts = std::vector<Units>;
  EXPECT_EQ(spread(250, {100, 100, 100}), (Amounts{100, 100, 50}));
  EXPECT_EQ(spread(300, {100, 100}), (Amounts{100, 100}));
  EXPECT_EQ(spread(0, {100}), (Amounts{0}));
  EXPECT_EQ(spread(-5, {100}), (Amounts{0}));
  EXPECT_EQ(spread(50, {0, -20, 30, 40}), (Amounts{0, 0, 30, 20}));
  EXPECT_EQ(spread(1, {1, 1}), (Amounts{1, 0}));
  EXPECT_TRUE(spread(10, {}).empty());
}

}  // namespace
}  // namespace linchpin::receivables
