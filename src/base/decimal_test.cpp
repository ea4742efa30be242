#include "base/decimal.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>

namespace linchpin {
namespace {

constexpr Units largest = std::numeric_limits<Units>::max();
constexpr Units smallest = std::numeric_limits<Units>::min();

// By definition: of the two whole numbers around the quotient the nearer one, or the even one.
WideUnits slow_divide(WideUnits numerator, WideUnits denominator) {
  WideUnits floor = numerator / denominator;
  while (floor * denominator > numerator) --floor;
  const WideUnits below = numerator - floor * denominator;
  const WideUnits above = (floor + 1) * denominator - numerator;
  if (below != above) return below < above ? floor : floor + 1;
  return floor % 2 == 0 ? floor : floor + 1;
}

RC_GTEST_PROP(Decimal, FormatReadsBackTheSame, ()) {
  const auto value = *rc::gen::arbitrary<Units>();
  const int scale = *rc::gen::inRange(0, max_decimal_scale + 1);
  const Result<Units> read = parse_decimal(format_decimal(value, scale), scale);
  RC_ASSERT(bool(read));
  RC_ASSERT(*read == value);
}

RC_GTEST_PROP(Decimal, DivisionRoundsLikeTheDefinition, ()) {
  const WideUnits numerator = WideUnits{*rc::gen::inRange(-1000, 1000)} *
                              *rc::gen::inRange<std::int64_t>(1, 1'000'000'000'000);
  const WideUnits denominator = *rc::gen::inRange<std::int64_t>(1, 1'000);
  RC_ASSERT(divide_half_even(numerator, denominator) == slow_divide(numerator, denominator));
}

RC_GTEST_PROP(Decimal, DroppingDigitsRoundsLikeTheDefinition, ()) {
  const WideUnits value = *rc::gen::arbitrary<Units>();
  const int drop = *rc::gen::inRange(0, 19);
  RC_ASSERT(round_half_even(value, drop) == slow_divide(value, power_of_ten(drop)));
}

RC_GTEST_PROP(Decimal, RoundedReadingAgreesWithRounding, ()) {
  const auto value = *rc::gen::inRange<Units>(-1'000'000'000, 1'000'000'000);
  const int scale = *rc::gen::inRange(0, max_decimal_scale + 1);
  const Result<Units> read = parse_decimal_rounded(format_decimal(value, 6), scale);
  RC_ASSERT(bool(read));
  RC_ASSERT(*read == slow_divide(value, power_of_ten(6 - scale)));
}

TEST(Decimal, FormatsAllDigitsOfTheScale) {
  EXPECT_EQ(format_decimal(120'000, 2), "1200.00");
  EXPECT_EQ(format_decimal(5, 2), "0.05");
  EXPECT_EQ(format_decimal(-5, 2), "-0.05");
  EXPECT_EQ(format_decimal(0, 0), "0");
  EXPECT_EQ(format_decimal(0, 3), "0.000");
  EXPECT_EQ(format_decimal(-7, 0), "-7");
  EXPECT_EQ(format_decimal(largest, 0), "9223372036854775807");
  EXPECT_EQ(format_decimal(smallest, 6), "-9223372036854.775808");
}

TEST(Decimal, ReadsWhatPeopleWrite) {
  EXPECT_EQ(parse_decimal("-1234.5", 2), -123'450);
  EXPECT_EQ(parse_decimal("+3", 2), 300);
  EXPECT_EQ(parse_decimal(".5", 2), 50);
  EXPECT_EQ(parse_decimal("007", 0), 7);
  EXPECT_EQ(parse_decimal("1.2000000", 1), 12);
  EXPECT_EQ(parse_decimal("-0", 2), 0);
  EXPECT_EQ(parse_decimal("-9223372036854775808", 0), smallest);
}

TEST(Decimal, RefusesWhatIsNotANumber) {
  for (const char* text : {"", "-", ".", "1.", "1,000", "1e3", " 1", "1 ", "--1", "1.2.3", "0x1",
                           "１", "nan", "99999999999999999999999999x"}) {
    const Result<Units> value = parse_decimal(text, 2);
    ASSERT_FALSE(value) << text;
    EXPECT_EQ(value.error().detail, "wrong_number") << text;
  }
}

TEST(Decimal, RefusesMoreDigitsThanTheScale) {
  const Result<Units> value = parse_decimal("1.005", 2);
  ASSERT_FALSE(value);
  EXPECT_EQ(value.error().detail, "too_precise");
  EXPECT_EQ(value.error().params, (ErrorParams{{"scale", "2"}}));
}

TEST(Decimal, RefusesWhatDoesNotFit) {
  for (const char* text : {"9223372036854775808", "-9223372036854775809",
                           "100000000000000000000000000000000000000000000000000000000000"}) {
    const Result<Units> value = parse_decimal(text, 0);
    ASSERT_FALSE(value) << text;
    EXPECT_EQ(value.error().detail, "number_too_large") << text;
  }
  EXPECT_FALSE(parse_decimal("9223372036854775807", 1));
  EXPECT_EQ(parse_decimal_rounded("9223372036854775807.5", 0).error().detail, "number_too_large");
}

TEST(Decimal, RoundsHalfToEven) {
  EXPECT_EQ(parse_decimal_rounded("1.005", 2), 100);
  EXPECT_EQ(parse_decimal_rounded("1.015", 2), 102);
  EXPECT_EQ(parse_decimal_rounded("1.0050000001", 2), 101);
  EXPECT_EQ(parse_decimal_rounded("-1.015", 2), -102);
  EXPECT_EQ(parse_decimal_rounded("0.5", 0), 0);
  EXPECT_EQ(divide_half_even(5, 2), 2);
  EXPECT_EQ(divide_half_even(-7, 2), -4);
  EXPECT_EQ(divide_half_even(1, 3), 0);
}

TEST(Decimal, DropsUpTo36Digits) {
  WideUnits value = 15;
  for (int i = 0; i < 35; ++i) value *= 10;
  EXPECT_EQ(static_cast<int>(round_half_even(value, 36)), 2);
  EXPECT_EQ(static_cast<int>(round_half_even(-value, 36)), -2);
}

TEST(Decimal, NarrowsOnlyWhatFits) {
  EXPECT_EQ(narrow(largest), largest);
  EXPECT_EQ(narrow(smallest), smallest);
  EXPECT_EQ(narrow(WideUnits{largest} + 1).error().detail, "number_too_large");
  EXPECT_FALSE(narrow(WideUnits{smallest} - 1));
}

TEST(Decimal, TakesTheNearestUnitOfADouble) {
  EXPECT_EQ(units_from_double(1234.565, 2), 123'456);  // 123456.5 exactly: to even
  EXPECT_EQ(units_from_double(0.1 + 0.2, 2), 30);
  EXPECT_EQ(units_from_double(-2.5, 0), -2);
  EXPECT_EQ(units_from_double(1e300, 2), largest);
  EXPECT_EQ(units_from_double(-1e300, 2), smallest);
}

}  // namespace
}  // namespace linchpin
