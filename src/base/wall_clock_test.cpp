#include "base/wall_clock.h"

#include <gtest/gtest.h>

namespace linchpin {
namespace {

std::int64_t shown(const char* zone, const char* instant) {
  return wall_clock(*TimeZone::named(zone), *parse_instant(instant));
}

TEST(WallClock, ShowsTheLocalTimeAlsoWhereClocksChange) {
  EXPECT_EQ(shown("Asia/Shanghai", "2026-11-21T20:30:00Z"), *parse_instant("2026-11-22T04:30:00Z"));
  EXPECT_EQ(shown("Europe/Berlin", "2026-03-29T00:30:00Z"), *parse_instant("2026-03-29T01:30:00Z"));
  EXPECT_EQ(shown("Europe/Berlin", "2026-03-29T01:00:00Z"), *parse_instant("2026-03-29T03:00:00Z"));
  EXPECT_EQ(shown("Europe/Berlin", "2026-10-25T01:30:00Z"), *parse_instant("2026-10-25T02:30:00Z"));
}

}  // namespace
}  // namespace linchpin
