#include "base/date.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace linchpin {
namespace {

constexpr std::int64_t hour = 3'600'000;

Instant at(std::string_view text) {
  return parse_instant(text).value();
}

TEST(Date, CountsEveryDayOfTheCalendarInOrder) {
  Day day = day_of({1, 1, 1});
  const Day end = day_of({10000, 1, 1});
  CivilDate last{0, 12, 31};
  for (; day < end; ++day) {
    const CivilDate date = civil_of(day);
    ASSERT_EQ(day_of(date), day);
    const bool next_day = date.year == last.year && date.month == last.month;
    ASSERT_TRUE(next_day ? date.day == last.day + 1 : date.day == 1) << format_date(day);
    last = date;
  }
  EXPECT_EQ(end - day_of({1, 1, 1}), 3'652'059);
}

TEST(Date, BeginsIn1970) {
  EXPECT_EQ(day_of({1970, 1, 1}), 0);
  EXPECT_EQ(day_of({2000, 3, 1}), 11'017);
  EXPECT_EQ(format_date(0), "1970-01-01");
  EXPECT_EQ(format_date(-1), "1969-12-31");
}

RC_GTEST_PROP(Date, TextReadsBackTheSame, ()) {
  const Day day = *rc::gen::inRange(day_of({1, 1, 1}), day_of({9999, 12, 31}) + 1);
  RC_ASSERT(parse_date(format_date(day)) == day);
}

RC_GTEST_PROP(Date, InstantTextReadsBackTheSame, ()) {
  const Instant instant =
      *rc::gen::inRange<Instant>(at("0001-01-01T00:00:00Z"), at("9999-12-31T23:59:59Z"));
  RC_ASSERT(parse_instant(format_instant(instant)) == instant);
}

TEST(Date, RefusesAnotherForm) {
  for (const char* text : {"", "2026", "2026-1-01", "2026-11-1", "26-11-21", "2026/11/21",
                           "20261121", "2026-11-21 ", " 2026-11-21", "2026-11-2a", "-026-11-21"}) {
    const Result<Day> day = parse_date(text);
    ASSERT_FALSE(day) << text;
    EXPECT_EQ(day.error().detail, "wrong_date") << text;
  }
}

TEST(Date, RefusesDaysThatDoNotExist) {
  for (const char* text : {"2026-02-30", "2026-02-29", "1900-02-29", "2026-04-31", "2026-13-01",
                           "2026-00-01", "2026-01-00", "0000-01-01"}) {
    const Result<Day> day = parse_date(text);
    ASSERT_FALSE(day) << text;
    EXPECT_EQ(day.error().detail, "no_such_date") << text;
  }
  EXPECT_TRUE(parse_date("2024-02-29"));
  EXPECT_TRUE(parse_date("2000-02-29"));
}

TEST(Date, CountsMonths) {
  const Day day = parse_date("2026-11-21").value();
  EXPECT_EQ(month_index(day), 2026 * 12 + 10);
  EXPECT_EQ(format_date(first_day_of_month(month_index(day))), "2026-11-01");
  EXPECT_EQ(format_date(first_day_of_month(month_index(day) + 2)), "2027-01-01");
  EXPECT_EQ(civil_of(first_day_of_month(-1)).month, 12);
}

TEST(Date, ReadsInstantsOfAnyZone) {
  EXPECT_EQ(at("1970-01-01T00:00:00Z"), 0);
  EXPECT_EQ(at("2026-11-21T08:00:00+08:00"), at("2026-11-21T00:00:00Z"));
  EXPECT_EQ(at("2026-11-20t19:30:00.25-04:30"), at("2026-11-21T00:00:00.250z"));
  EXPECT_EQ(at("1969-12-31T23:59:59.9999Z"), -1);
  EXPECT_EQ(format_instant(-1), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(format_instant(at("2026-11-21T08:05:09.007Z")), "2026-11-21T08:05:09.007Z");
}

TEST(Date, RefusesInstantsOfAnotherForm) {
  for (const char* text :
       {"2026-11-21", "2026-11-21T08:00:00", "2026-11-21T08:00Z", "2026-11-21 08:00:00Z",
        "2026-11-21T08:00:00.Z", "2026-11-21T08:00:00+0800", "2026-11-21T08:00:00+08",
        "2026-11-21T08:00:00Zx", "2026-11-21T08-00-00Z", "2026-11-21T8:00:00Z", ""}) {
    const Result<Instant> instant = parse_instant(text);
    ASSERT_FALSE(instant) << text;
    EXPECT_EQ(instant.error().detail, "wrong_date") << text;
  }
  for (const char* text :
       {"2026-11-21T24:00:00Z", "2026-11-21T08:60:00Z", "2026-02-30T08:00:00Z",
        "2026-11-21T08:00:00+24:00", "0001-01-01T00:00:00+01:00", "9999-12-31T23:00:00-02:00"}) {
    const Result<Instant> instant = parse_instant(text);
    ASSERT_FALSE(instant) << text;
    EXPECT_EQ(instant.error().detail, "no_such_date") << text;
  }
}

TEST(TimeZone, TodayIsTheDayOfTheWorkspace) {
  const TimeZone shanghai = TimeZone::named("Asia/Shanghai").value();
  EXPECT_EQ(shanghai.name(), "Asia/Shanghai");
  EXPECT_EQ(format_date(shanghai.local_day(at("2026-11-20T15:59:59Z"))), "2026-11-20");
  EXPECT_EQ(format_date(shanghai.local_day(at("2026-11-20T16:00:00Z"))), "2026-11-21");
  const Day day = parse_date("2026-11-21").value();
  EXPECT_EQ(shanghai.start_of_day(day), at("2026-11-20T16:00:00Z"));
}

TEST(TimeZone, FollowsClockChanges) {
  const TimeZone berlin = TimeZone::named("Europe/Berlin").value();
  const Day spring = parse_date("2026-03-29").value();
  const Day autumn = parse_date("2026-10-25").value();
  // 02:00–03:00 does not exist in spring and exists twice in autumn.
  EXPECT_EQ(berlin.instant_of(spring, 2 * hour + hour / 2), at("2026-03-29T01:00:00Z"));
  EXPECT_EQ(berlin.instant_of(spring, 3 * hour), at("2026-03-29T01:00:00Z"));
  EXPECT_EQ(berlin.instant_of(autumn, 2 * hour + hour / 2), at("2026-10-25T00:30:00Z"));
  EXPECT_EQ(berlin.instant_of(autumn, 3 * hour), at("2026-10-25T02:00:00Z"));
  EXPECT_EQ(berlin.start_of_day(spring + 1) - berlin.start_of_day(spring), 23 * hour);
}

TEST(TimeZone, StartOfDayIsOfThatDay) {
  for (const char* name : {"Asia/Shanghai", "America/New_York", "Africa/Cairo", "Pacific/Apia",
                           "America/Sao_Paulo", "UTC"}) {
    const TimeZone zone = TimeZone::named(name).value();
    for (Day day = day_of({2012, 1, 1}); day < day_of({2030, 1, 1}); day += 1) {
      const Instant start = zone.start_of_day(day);
      ASSERT_EQ(zone.local_day(start), day) << name << " " << format_date(day);
      ASSERT_EQ(zone.local_day(start - 1), day - 1) << name << " " << format_date(day);
    }
  }
}

TEST(TimeZone, RefusesUnknownNames) {
  for (const char* name : {"Mars/Olympus", "", "../etc/passwd", "asia"}) {
    const Result<TimeZone> zone = TimeZone::named(name);
    ASSERT_FALSE(zone) << name;
    EXPECT_EQ(zone.error().detail, "unknown_time_zone");
    EXPECT_EQ(zone.error().params, (ErrorParams{{"name", name}}));
  }
}

}  // namespace
}  // namespace linchpin
