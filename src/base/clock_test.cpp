#include "base/clock.h"

#include <gtest/gtest.h>

namespace linchpin {
namespace {

TEST(Clock, SystemTimeIsOfThisCenturyAndDoesNotStandStill) {
  const SystemClock clock;
  const Instant first = clock.now();
  EXPECT_GT(first, 1'600'000'000'000);
  EXPECT_LT(first, 4'102'444'800'000);
  EXPECT_GE(clock.now(), first);
}

TEST(Clock, ManualClockMovesWhenTold) {
  ManualClock clock(1000);
  EXPECT_EQ(clock.now(), 1000);
  clock.advance(25);
  EXPECT_EQ(clock.now(), 1025);
}

}  // namespace
}  // namespace linchpin
