#include "dossier/notice_times.h"

#include <gtest/gtest.h>

namespace linchpin::dossier {
namespace {

constexpr MinuteOfDay hour = 60;

TimeZone zone(std::string_view name) {
  return *TimeZone::named(name);
}
Instant at(std::string_view text) {
  return *parse_instant(text);
}

std::string shown(const std::optional<Span>& span) {
  return span ? format_instant(span->begin) + " " + format_instant(span->end) : "none";
}

TEST(NoticeTimes, ATimeOfDayIsHoursAndMinutes) {
  EXPECT_EQ(*parse_minute_of_day("00:00"), 0);
  EXPECT_EQ(*parse_minute_of_day("23:59"), 23 * hour + 59);
  EXPECT_EQ(format_minute_of_day(8 * hour + 5), "08:05");
  for (const char* wrong : {"", "8:30", "24:00", "12:60", "12-30", "1a:00", "12:3x", "12:300"}) {
    const auto read = parse_minute_of_day(wrong);
    ASSERT_FALSE(read) << wrong;
    EXPECT_EQ(read.error().detail, "wrong_time_of_day");
  }
}

// 22:00 to 07:30 in Shanghai is 14:00 to 23:30 in UTC.
TEST(NoticeTimes, QuietHoursOverMidnightHoldBothSidesOfIt) {
  const TimeZone shanghai = zone("Asia/Shanghai");
  const QuietHours hours{22 * hour, 7 * hour + 30};
  const std::string night = "2026-11-21T14:00:00.000Z 2026-11-21T23:30:00.000Z";
  EXPECT_EQ(shown(quiet_span(shanghai, hours, at("2026-11-21T13:59:59.999Z"))), "none");
  EXPECT_EQ(shown(quiet_span(shanghai, hours, at("2026-11-21T14:00:00Z"))), night);
  EXPECT_EQ(shown(quiet_span(shanghai, hours, at("2026-11-21T16:30:00Z"))), night);
  EXPECT_EQ(shown(quiet_span(shanghai, hours, at("2026-11-21T23:29:59.999Z"))), night);
  EXPECT_EQ(shown(quiet_span(shanghai, hours, at("2026-11-21T23:30:00Z"))), "none");
}

TEST(NoticeTimes, QuietHoursWithinADayAreOfThatDay) {
  const TimeZone shanghai = zone("Asia/Shanghai");
  const QuietHours noon{12 * hour, 14 * hour};
  EXPECT_EQ(shown(quiet_span(shanghai, noon, at("2026-11-21T03:59:59Z"))), "none");
  EXPECT_EQ(shown(quiet_span(shanghai, noon, at("2026-11-21T05:00:00Z"))),
            "2026-11-21T04:00:00.000Z 2026-11-21T06:00:00.000Z");
  EXPECT_EQ(shown(quiet_span(shanghai, noon, at("2026-11-21T06:00:00Z"))), "none");
}

// On 2026-03-29 the clocks in Berlin go from 02:00 to 03:00, on 2026-10-25 from 03:00 to 02:00.
TEST(NoticeTimes, ANightOfAClockChangeIsShorterOrLonger) {
  const TimeZone berlin = zone("Europe/Berlin");
  const QuietHours hours{22 * hour, 7 * hour};
  EXPECT_EQ(shown(quiet_span(berlin, hours, at("2026-03-29T00:30:00Z"))),
            "2026-03-28T21:00:00.000Z 2026-03-29T05:00:00.000Z");
  EXPECT_EQ(shown(quiet_span(berlin, hours, at("2026-10-25T00:30:00Z"))),
            "2026-10-24T20:00:00.000Z 2026-10-25T06:00:00.000Z");
}

TEST(NoticeTimes, ADigestIsCompleteFromItsTimeOn) {
  const TimeZone shanghai = zone("Asia/Shanghai");
  const MinuteOfDay morning = 8 * hour + 30;
  const Day day = *parse_date("2026-11-21");
  EXPECT_EQ(last_digest_day(shanghai, morning, at("2026-11-21T00:29:59.999Z")), day - 1);
  EXPECT_EQ(last_digest_day(shanghai, morning, at("2026-11-21T00:30:00Z")), day);
  const Span span = digest_span(shanghai, morning, day);
  EXPECT_EQ(shown(span), "2026-11-20T00:30:00.000Z 2026-11-21T00:30:00.000Z");
  EXPECT_TRUE(span.holds(at("2026-11-20T00:30:00Z")));
  EXPECT_FALSE(span.holds(at("2026-11-21T00:30:00Z"))) << "that is of the next digest";
}

}  // namespace
}  // namespace linchpin::dossier
