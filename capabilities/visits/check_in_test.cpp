#include "visits/check_in.h"

#include <gtest/gtest.h>

namespace linchpin::visits {
namespace {

TEST(CheckIn, APositionIsRoundedToAboutAHundredMetres) {
  EXPECT_EQ(position_text({39.90421, 116.40739, 35}), "39.904, 116.407 ±35 m");
  EXPECT_EQ(position_text({-33.8567844, -0.0004, 8}), "-33.857, 0.000 ±8 m");
}

}  // namespace
}  // namespace linchpin::visits
