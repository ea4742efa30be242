#include <gtest/gtest.h>

#include <rapidcheck.h>

#include "jobs/tabular/cell_value.h"

namespace linchpin::tabular {
namespace {

// "2025-03-05", with " 29160000" where the cell has a time, with " = …" where it has a zone.
std::string date(std::string_view text, std::string_view format = {}) {
  const auto cell = read_date(text, format);
  if (!cell) return cell.error().detail;
  std::string shown = format_date(cell->day);
  if (cell->milliseconds_of_day) shown += " " + std::to_string(*cell->milliseconds_of_day);
  if (cell->instant) shown += " = " + format_instant(*cell->instant);
  return shown;
}

constexpr const char* day = "2025-03-05";
constexpr const char* morning = "2025-03-05 30360000";  // 8:26

TEST(ReadDate, YearFirst) {
  for (const char* text :
       {"2025-03-05", "2025-3-5", "2025/3/5", "2025/03/05", "2025.3.5", "20250305", "2025年3月5日",
        "2025年03月05日", "2025年3月5号", "２０２５－０３－０５", " 2025-03-05 "}) {
    EXPECT_EQ(date(text), day) << text;
  }
  EXPECT_EQ(date("25年3月5日"), day);
}

TEST(ReadDate, MonthsByName) {
  for (const char* text : {"5-Mar-2025", "05-MAR-25", "5 March 2025", "5 Mar, 2025", "Mar 5, 2025",
                           "March 5 2025", "Mar. 5, 2025", "5/Mar/2025"}) {
    EXPECT_EQ(date(text), day) << text;
  }
  EXPECT_EQ(date("1-Sept-1999"), "1999-09-01");
  EXPECT_EQ(date("5-May-70"), "1970-05-05");
  EXPECT_EQ(date("5-May-69"), "2069-05-05");
}

TEST(ReadDate, DayOrMonthFirstByTheirSizes) {
  EXPECT_EQ(date("3/5/2025"), day);
  EXPECT_EQ(date("03-05-2025"), day);
  EXPECT_EQ(date("3/25/2025"), "2025-03-25");
  EXPECT_EQ(date("25/3/2025"), "2025-03-25");
  EXPECT_EQ(date("5.3.2025"), day);
  EXPECT_EQ(date("3.25.2025"), "2025-03-25");
}

TEST(ReadDate, TheFormatDecides) {
  EXPECT_EQ(date("3/5/2025", "mdy"), day);
  EXPECT_EQ(date("5/3/2025", "dmy"), day);
  EXPECT_EQ(date("12/1/10 8:26", "mdy"), "2010-12-01 30360000");
  EXPECT_EQ(date("25/3/5", "ymd"), day);
  EXPECT_EQ(date("2025-03-05", "dmy"), day);
  EXPECT_EQ(date("25/3/2025", "mdy"), "no_such_date");
  EXPECT_EQ(date("3/25/2025", "dmy"), "no_such_date");
  EXPECT_EQ(date("3/5/2025", "ymd"), "wrong_date");
}

TEST(ReadDate, TwoDigitYearsNeedAFormatOrAName) {
  EXPECT_EQ(date("3/5/25"), "wrong_date");
  EXPECT_EQ(date("25/3/5"), "wrong_date");
}

TEST(ReadDate, TimesOfDay) {
  for (const char* text : {"2025-03-05 08:26:00", "2025-03-05 8:26", "2025-03-05T08:26",
                           "3/5/2025 8:26 AM", "2025/3/5 上午8:26", "2025年3月5日 8时26分",
                           "2025年3月5日8点26分0秒", "20250305 08:26", "20250305082600"}) {
    EXPECT_EQ(date(text), morning) << text;
  }
  EXPECT_EQ(date("2025-03-05 08:26:07.250"), "2025-03-05 30367250");
  EXPECT_EQ(date("2025-03-05 08:26:07.1239"), "2025-03-05 30367123");
  EXPECT_EQ(date("2025-03-05 8:26 pm"), "2025-03-05 73560000");
  EXPECT_EQ(date("2025-03-05 下午 8:26"), "2025-03-05 73560000");
  EXPECT_EQ(date("2025-03-05 12:00 AM"), "2025-03-05 0");
  EXPECT_EQ(date("2025-03-05 12:00 PM"), "2025-03-05 43200000");
  EXPECT_EQ(date("2025-03-05 23:59:59"), "2025-03-05 86399000");
}

TEST(ReadDate, Zones) {
  EXPECT_EQ(date("2025-03-05T08:26:00Z"), "2025-03-05 30360000 = 2025-03-05T08:26:00.000Z");
  EXPECT_EQ(date("2025-03-05T08:26:00+08:00"), "2025-03-05 30360000 = 2025-03-05T00:26:00.000Z");
  EXPECT_EQ(date("2025-03-05 08:26 +0800"), "2025-03-05 30360000 = 2025-03-05T00:26:00.000Z");
  EXPECT_EQ(date("2025-03-05 01:00:00.5-05:30"), "2025-03-05 3600500 = 2025-03-05T06:30:00.500Z");
  EXPECT_EQ(date("2025-03-05 08:26+8"), "2025-03-05 30360000 = 2025-03-05T00:26:00.000Z");
  EXPECT_EQ(date("2025-03-05 08:26 UTC"), "2025-03-05 30360000 = 2025-03-05T08:26:00.000Z");
}

TEST(ReadDate, ExcelSerials) {
  EXPECT_EQ(date("45721"), day);
  EXPECT_EQ(date("45721.0"), day);
  EXPECT_EQ(date("45721.35"), "2025-03-05 30240000");
  EXPECT_EQ(date("45721.3513888889"), morning);
}

TEST(ReadDate, NoSuchDate) {
  for (const char* text : {"2025-02-30", "2025-13-01", "2025/0/5", "2025-04-31", "20250230",
                           "2025年2月29日", "31-Apr-2025", "32/1/2025", "13/14/2025", "00000101"}) {
    EXPECT_EQ(date(text), "no_such_date") << text;
  }
  EXPECT_EQ(date("2024-02-29"), "2024-02-29");
}

TEST(ReadDate, WhatIsNoDate) {
  for (const char* text : {"",
                           " ",
                           "-",
                           "abc",
                           "2025",
                           "202503",
                           "2025-03",
                           "2025年3月",
                           "1",
                           "123456",
                           "1234567",
                           "2025-03/05",
                           "2025--05",
                           "2025-03-05 ",
                           "08:26",
                           "2025-03-05 25:00",
                           "2025-03-05 8:60",
                           "2025-03-05 8:26:60",
                           "2025-03-05 8",
                           "2025-03-05 8:5",
                           "2025-03-05 13:00 PM",
                           "2025-03-05 0:30 AM",
                           "2025-03-05 8:26 +15:00",
                           "2025-03-05 8:26 east",
                           "2025-03-05 +08:00",
                           "2025-03-05 8:26.",
                           "Foo 5, 2025",
                           "5 Mar",
                           "45721x",
                           "45721,5",
                           "2025-03-05x",
                           "20250305082660",
                           "2025.3",
                           "123/1/2025"}) {
    const bool padded = std::string_view(text) == "2025-03-05 ";
    EXPECT_EQ(date(text), padded ? day : "wrong_date") << text;
  }
  EXPECT_EQ(date(std::string(100, '2')), "wrong_date");
}

TEST(ReadDate, WhatIsFormattedIsReadBack) {
  EXPECT_TRUE(rc::check("each day in every form", [] {
    const Day wanted = *rc::gen::inRange(day_of({1950, 1, 1}), day_of({2100, 1, 1}));
    const CivilDate civil = civil_of(wanted);
    const std::string year = std::to_string(civil.year);
    const std::string month = std::to_string(civil.month);
    const std::string number = std::to_string(civil.day);
    const auto same = [&](const std::string& text, std::string_view format) {
      const auto read = read_date(text, format);
      RC_ASSERT(read.has_value());
      RC_ASSERT(read->day == wanted);
    };
    same(format_date(wanted), "");
    same(year + "/" + month + "/" + number, "");
    same(year + "年" + month + "月" + number + "日", "");
    same(month + "/" + number + "/" + year, "mdy");
    same(number + "." + month + "." + year, "dmy");
    same(std::to_string(wanted + 25'569), "");
  }));
  EXPECT_TRUE(rc::check("any text ends in a date or a problem", [](const std::string& text) {
    const auto read = read_date(text);
    RC_ASSERT(read || !read.error().detail.empty());
  }));
}

}  // namespace
}  // namespace linchpin::tabular
