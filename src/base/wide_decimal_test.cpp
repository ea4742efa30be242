#include "base/wide_decimal.h"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

namespace linchpin {
namespace {

TEST(WideDecimal, IsWrittenWithAllItsDigits) {
  EXPECT_EQ(format_wide_decimal(0, 0), "0");
  EXPECT_EQ(format_wide_decimal(0, 2), "0.00");
  EXPECT_EQ(format_wide_decimal(-5, 2), "-0.05");
  EXPECT_EQ(format_wide_decimal(WideUnits{INT64_MAX} * 3, 2), "276701161105643274.21");
  EXPECT_EQ(format_wide_decimal(WideUnits{INT64_MIN} * 2, 0), "-18446744073709551616");
}

TEST(WideDecimal, RefusesWhatIsNoWholeNumber) {
  EXPECT_FALSE(parse_wide_units(""));
  EXPECT_FALSE(parse_wide_units("-"));
  EXPECT_FALSE(parse_wide_units("1.5"));
  EXPECT_FALSE(parse_wide_units(std::string(39, '9')));
}

RC_GTEST_PROP(WideDecimal, ReadsBackAndAgreesWithTheNarrowForm, (std::int64_t value)) {
  for (const int scale : {0, 2, 6}) {
    RC_ASSERT(format_wide_decimal(value, scale) == format_decimal(value, scale));
  }
  const WideUnits wide = WideUnits{value} * 1'000'003;
  RC_ASSERT(*parse_wide_units(format_wide_decimal(wide, 0)) == wide);
}

}  // namespace
}  // namespace linchpin
