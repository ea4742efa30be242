#include "dossier/notice_times.h"

#include <algorithm>

namespace linchpin::dossier {

namespace {

constexpr std::int64_t milliseconds_of_minute = 60'000;
constexpr int minutes_of_hour = 60;

Instant instant_at(const TimeZone& zone, Day day, MinuteOfDay minute) {
  return zone.instant_of(day, minute * milliseconds_of_minute);
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string two_digits(int number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

}  // namespace

Result<MinuteOfDay> parse_minute_of_day(std::string_view text) {
  const Error wrong = Error::of(ErrorCode::validation_failed, "wrong_time_of_day");
  constexpr std::size_t colon = 2;
  constexpr std::size_t size = 5;
  if (text.size() != size || text[colon] != ':') return wrong;
  const auto number = [&](std::size_t at) -> int {
    const bool digits = is_digit(text[at]) && is_digit(text[at + 1]);
    return digits ? (text[at] - '0') * 10 + (text[at + 1] - '0') : minutes_of_day;
  };
  const int hour = number(0);
  const int minute = number(colon + 1);
  if (hour >= minutes_of_day / minutes_of_hour || minute >= minutes_of_hour) return wrong;
  return hour * minutes_of_hour + minute;
}

std::string format_minute_of_day(MinuteOfDay minute) {
  return two_digits(minute / minutes_of_hour) + ":" + two_digits(minute % minutes_of_hour);
}

std::optional<Span> quiet_span(const TimeZone& zone, const QuietHours& hours, Instant now) {
  const Day today = zone.local_day(now);
  const int nights = hours.until <= hours.from ? 1 : 0;
  for (const Day day : {today - nights, today}) {
    const Span span{instant_at(zone, day, hours.from), instant_at(zone, day + nights, hours.until)};
    if (span.holds(now)) return span;
  }
  return std::nullopt;
}

Span digest_span(const TimeZone& zone, MinuteOfDay at, Day day) {
  return {instant_at(zone, day - 1, at), instant_at(zone, day, at)};
}

Day last_digest_day(const TimeZone& zone, MinuteOfDay at, Instant now) {
  const Day today = zone.local_day(now);
  return now >= instant_at(zone, today, at) ? today : today - 1;
}

}  // namespace linchpin::dossier
