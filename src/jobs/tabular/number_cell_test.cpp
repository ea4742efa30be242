#include <gtest/gtest.h>

#include <rapidcheck.h>

#include "jobs/tabular/cell_value.h"

namespace linchpin::tabular {
namespace {

// The number with four decimal places, or the problem.
std::string number(std::string_view text, double multiplier = 1) {
  const auto units = read_number(text, 4, multiplier);
  return units ? format_decimal(*units, 4) : units.error().detail;
}

TEST(ReadNumber, AsSystemsAndPeopleWriteThem) {
  EXPECT_EQ(number("1234.5"), "1234.5000");
  EXPECT_EQ(number(" -7 "), "-7.0000");
  EXPECT_EQ(number("+3"), "3.0000");
  EXPECT_EQ(number(".5"), "0.5000");
  EXPECT_EQ(number("5."), "5.0000");
  EXPECT_EQ(number("1,234.50"), "1234.5000");
  EXPECT_EQ(number("12,345,678"), "12345678.0000");
  EXPECT_EQ(number("1 234.5"), "1234.5000");
  EXPECT_EQ(number("1\xC2\xA0"
                   "234,567"),
            "wrong_number");
  EXPECT_EQ(number("1\xC2\xA0"
                   "234"),
            "1234.0000");
  EXPECT_EQ(number("1'234'567"), "1234567.0000");
  EXPECT_EQ(number("１，２３４．５"), "1234.5000");
  EXPECT_EQ(number("1.2E+5"), "120000.0000");
  EXPECT_EQ(number("1.2e-3"), "0.0012");
  EXPECT_EQ(number("00012"), "12.0000");
}

TEST(ReadNumber, Currencies) {
  EXPECT_EQ(number("￥1 234.5"), "1234.5000");
  EXPECT_EQ(number("¥1,234"), "1234.0000");
  EXPECT_EQ(number("RMB 99"), "99.0000");
  EXPECT_EQ(number("99 CNY"), "99.0000");
  EXPECT_EQ(number("88元"), "88.0000");
  EXPECT_EQ(number("HK$5"), "5.0000");
  EXPECT_EQ(number("-$5"), "-5.0000");
  EXPECT_EQ(number("$-5"), "-5.0000");
  EXPECT_EQ(number("$$5"), "wrong_number");
}

TEST(ReadNumber, NegativeOnes) {
  EXPECT_EQ(number("（1,200）"), "-1200.0000");
  EXPECT_EQ(number("(￥1,200.5)"), "-1200.5000");
  EXPECT_EQ(number("￥(3)"), "-3.0000");
  EXPECT_EQ(number("1,200-"), "-1200.0000");
  EXPECT_EQ(number("−5"), "-5.0000");
  EXPECT_EQ(number("－5"), "-5.0000");
  EXPECT_EQ(number("(-5)"), "wrong_number");
  EXPECT_EQ(number("--5"), "wrong_number");
  EXPECT_EQ(number("-5-"), "wrong_number");
}

TEST(ReadNumber, PercentAndMagnitudes) {
  EXPECT_EQ(number("12.5%"), "0.1250");
  EXPECT_EQ(number("１３％"), "0.1300");
  EXPECT_EQ(number("3.2万"), "32000.0000");
  EXPECT_EQ(number("3.2 万元"), "32000.0000");
  EXPECT_EQ(number("-1.5亿"), "-150000000.0000");
  EXPECT_EQ(number("2百万元"), "2000000.0000");
  EXPECT_EQ(number("3万%"), "wrong_number");
}

TEST(ReadNumber, TheMultiplierOfAHeading) {
  EXPECT_EQ(number("1.23456", 10'000), "12345.6000");
  EXPECT_EQ(number("3", 0.1), "0.3000");
  EXPECT_EQ(number("12.5%", 100), "12.5000");
}

TEST(ReadNumber, SurplusDigitsAreRoundedHalfToEven) {
  EXPECT_EQ(number("0.00005"), "0.0000");
  EXPECT_EQ(number("0.00015"), "0.0002");
  EXPECT_EQ(number("-0.00015"), "-0.0002");
  EXPECT_EQ(number("0.00025"), "0.0002");
  EXPECT_EQ(number("0.000250000000000000000000000001"), "0.0003");
  EXPECT_EQ(number("0.1000000000000000055511151231257827"), "0.1000");
  EXPECT_EQ(number("0.00000000000000000000000000000000000000000000001"), "0.0000");
}

TEST(ReadNumber, TooLarge) {
  EXPECT_EQ(number("922337203685477.5807"), "922337203685477.5807");
  EXPECT_EQ(number("922337203685477.5808"), "number_too_large");
  EXPECT_EQ(number("-922337203685477.5808"), "-922337203685477.5808");
  EXPECT_EQ(number("1e300"), "number_too_large");
  EXPECT_EQ(number("1e99999999999999999999"), "number_too_large");
  EXPECT_EQ(number("1e-99999999999999999999"), "0.0000");
  EXPECT_EQ(number("0e300"), "0.0000");
  EXPECT_EQ(number("100000000000000000000000000000000000000"), "number_too_large");
  EXPECT_EQ(number("9e14", 10'000), "number_too_large");
}

TEST(ReadNumber, WhatIsNoNumber) {
  for (const char* text :
       {"",         " ",  "-",      "—",         "abc",      "12a", "1.2.3",      "1,5", "1,23",
        "1234,567", ",5", "1,,234", "1,234 567", "1.234,50", "%",   "元",         "()",  "1e",
        "1e1.5",    "e5", ".",      "0x10",      "nan",      "inf", "2025-03-05", "1/2", "五"}) {
    EXPECT_EQ(number(text), "wrong_number") << text;
  }
  EXPECT_EQ(number(std::string(300, '1')), "wrong_number");
}

TEST(ReadNumber, WhatIsFormattedIsReadBack) {
  EXPECT_TRUE(rc::check("each decimal", [](std::int64_t units) {
    const auto read = read_number(format_decimal(units, 4), 4);
    RC_ASSERT(read.has_value());
    RC_ASSERT(*read == units);
  }));
  EXPECT_TRUE(rc::check("any text ends in a number or a problem", [](const std::string& text) {
    const auto read = read_number(text, 2);
    RC_ASSERT(read || !read.error().detail.empty());
  }));
}

TEST(ReadKey, IsTrimmedAndKeptAsText) {
  EXPECT_EQ(read_key(" 85123A\t"), "85123A");
  EXPECT_EQ(read_key("17850.0"), "17850");
  EXPECT_EQ(read_key("0.0"), "0");
  EXPECT_EQ(read_key("00123"), "00123");
  EXPECT_EQ(read_key("00123.0"), "00123.0");
  EXPECT_EQ(read_key("1.00"), "1.00");
  EXPECT_EQ(read_key("v1.0"), "v1.0");
  EXPECT_EQ(read_key(".0"), ".0");
  EXPECT_EQ(read_key("=\"00123\""), "00123");
  EXPECT_EQ(read_key("　客户　"), "客户");
  EXPECT_EQ(read_key("  "), "");
}

TEST(ReadBoolean, InBothLanguages) {
  for (const char* text : {"是", "有", "TRUE", "Yes", "Y", "1", "ｙｅｓ", " 是 "}) {
    EXPECT_TRUE(read_boolean(text).value()) << text;
  }
  for (const char* text : {"否", "无", "false", "No", "n", "0"}) {
    EXPECT_FALSE(read_boolean(text).value()) << text;
  }
  EXPECT_EQ(read_boolean("也许").error().detail, "wrong_boolean");
  EXPECT_EQ(read_boolean("").error().detail, "wrong_boolean");
}

}  // namespace
}  // namespace linchpin::tabular
