#include "jobs/tabular/number_formats.h"

#include <gtest/gtest.h>

#include "jobs/tabular/shared_strings.h"
#include "jobs/tabular/sheet_parser.h"

namespace linchpin::tabular {
namespace {

std::string formatted(std::string_view text) {
  std::string out;
  append_number(out, text);
  return out;
}

std::string serial(double value, NumberKind kind, bool since_1904 = false) {
  std::string out;
  return append_serial(out, value, kind, since_1904) ? out : "none";
}

TEST(NumberText, IsTheShortestThatAPersonSees) {
  EXPECT_EQ(formatted("17850.0"), "17850");
  EXPECT_EQ(formatted("17850"), "17850");
  EXPECT_EQ(formatted("-0.50"), "-0.5");
  EXPECT_EQ(formatted("0.30000000000000004"), "0.3");
  EXPECT_EQ(formatted("2.5499999999999998"), "2.55");
  EXPECT_EQ(formatted("-1234567.8949999999"), "-1234567.895");
  EXPECT_EQ(formatted("100000000000000000000"), "100000000000000000000");
  EXPECT_EQ(formatted("123456789012345678"), "123456789012346000");
  EXPECT_EQ(formatted("1.5E-5"), "0.000015");
  EXPECT_EQ(formatted("1E3"), "1000");
  EXPECT_EQ(formatted("1.25E+30"), "1.25E30");
  EXPECT_EQ(formatted("-2e-30"), "-2E-30");
  EXPECT_EQ(formatted("-0"), "0");
  EXPECT_EQ(formatted("0.0"), "0");
}

TEST(NumberText, WhatIsNoNumberStays) {
  EXPECT_EQ(formatted("abc"), "abc");
  EXPECT_EQ(formatted("1E999"), "1E999");
  EXPECT_EQ(formatted("nan"), "nan");
  EXPECT_EQ(formatted("1.2.3"), "1.2.3");
}

TEST(NumberFormats, BuiltinOnes) {
  EXPECT_EQ(kind_of_builtin_format(0), NumberKind::number);
  EXPECT_EQ(kind_of_builtin_format(4), NumberKind::number);
  EXPECT_EQ(kind_of_builtin_format(14), NumberKind::date);
  EXPECT_EQ(kind_of_builtin_format(20), NumberKind::time);
  EXPECT_EQ(kind_of_builtin_format(22), NumberKind::date_time);
  EXPECT_EQ(kind_of_builtin_format(31), NumberKind::date);
  EXPECT_EQ(kind_of_builtin_format(32), NumberKind::time);
  EXPECT_EQ(kind_of_builtin_format(46), NumberKind::time);
  EXPECT_EQ(kind_of_builtin_format(49), NumberKind::number);
  EXPECT_EQ(kind_of_builtin_format(58), NumberKind::date);
  EXPECT_EQ(kind_of_builtin_format(59), NumberKind::number);
}

TEST(NumberFormats, OwnOnes) {
  for (const char* format :
       {"yyyy-mm-dd", "yyyy\"年\"m\"月\"d\"日\"", "YYYY年M月D日", "[$-804]yyyy/m/d;@", "mmm-yy",
        "m\"月\"", "[$-804]aaaa", "d\\.m\\.yy", "[Red]dd/mm"}) {
    EXPECT_EQ(kind_of_format(format), NumberKind::date) << format;
  }
  for (const char* format :
       {"h:mm", "[h]:mm:ss", "mm:ss.0", "h\"时\"mm\"分\"", "[mm]", "hh AM/PM"}) {
    EXPECT_EQ(kind_of_format(format), NumberKind::time) << format;
  }
  EXPECT_EQ(kind_of_format("yyyy-mm-dd hh:mm:ss"), NumberKind::date_time);
  EXPECT_EQ(kind_of_format("上午/下午 yyyy/m/d h:mm"), NumberKind::date_time);
  for (const char* format :
       {"General", "0.00", "#,##0.00;[Red]-#,##0.00", "0.00E+00", "@", "\"day\" 0", "0\\d",
        "[$USD] #,##0", "0_m", "* 0", "#,##0 \"元/月\"", "0;yyyy", "\"unclosed yyyy"}) {
    EXPECT_EQ(kind_of_format(format), NumberKind::number) << format;
  }
}

TEST(Serials, DatesAndTimes) {
  EXPECT_EQ(serial(45721, NumberKind::date), "2025-03-05");
  EXPECT_EQ(serial(45721, NumberKind::date_time), "2025-03-05 00:00:00");
  EXPECT_EQ(serial(45721.35, NumberKind::date), "2025-03-05 08:24:00");
  EXPECT_EQ(serial(45721.9999999999, NumberKind::date), "2025-03-06");
  EXPECT_EQ(serial(0.351388888888889, NumberKind::time), "08:26:00");
  EXPECT_EQ(serial(0.0000001, NumberKind::time), "00:00:00.009");
  EXPECT_EQ(serial(1.5, NumberKind::time), "36:00:00");
  EXPECT_EQ(serial(5.25, NumberKind::time), "126:00:00");
  EXPECT_EQ(serial(45721.5, NumberKind::time), "2025-03-05 12:00:00");
}

TEST(Serials, TheEdgesOfTheCalendars) {
  EXPECT_EQ(serial(1, NumberKind::date), "1900-01-01");
  EXPECT_EQ(serial(59, NumberKind::date), "1900-02-28");
  EXPECT_EQ(serial(60, NumberKind::date), "none");
  EXPECT_EQ(serial(61, NumberKind::date), "1900-03-01");
  EXPECT_EQ(serial(2958465, NumberKind::date), "9999-12-31");
  EXPECT_EQ(serial(2958466, NumberKind::date), "none");
  EXPECT_EQ(serial(0, NumberKind::date), "none");
  EXPECT_EQ(serial(-1, NumberKind::date), "none");
  EXPECT_EQ(serial(0, NumberKind::date, true), "1904-01-01");
  EXPECT_EQ(serial(60, NumberKind::date, true), "1904-03-01");
}

TEST(UnescapeControls, OnlyWholeEscapes) {
  std::string text = "a_x000D__x000a_b_x_ _x12_ _xZZZZ_ _x005F_x000D_ _x0000_ _xD800_";
  unescape_controls(text);
  EXPECT_EQ(text, "a\r\nb_x_ _x12_ _xZZZZ_ _x000D_ _x0000_ _xD800_");
}

TEST(ParsePlace, LettersAndNumber) {
  EXPECT_EQ(parse_place("A1").column, 1U);
  EXPECT_EQ(parse_place("Z9").column, 26U);
  EXPECT_EQ(parse_place("AB12").column, 28U);
  EXPECT_EQ(parse_place("AB12").row, 12);
  EXPECT_EQ(parse_place("XFD1048576").row, 1'048'576);
  EXPECT_EQ(parse_place("").column, 0U);
  EXPECT_EQ(parse_place("12").row, 12);
  EXPECT_EQ(parse_place("A").row, 0);
  EXPECT_EQ(parse_place("ABCDE1").row, 0);
}

}  // namespace
}  // namespace linchpin::tabular
