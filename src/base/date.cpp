#include "base/date.h"

#include <date/tz.h>

#include <array>
#include <charconv>
#include <exception>

namespace linchpin {
namespace {

constexpr int min_year = 1;
constexpr int max_year = 9999;
constexpr int months_per_year = 12;

Error wrong_date() {
  return Error::of(ErrorCode::validation_failed, "wrong_date");
}

Error no_such_date() {
  return Error::of(ErrorCode::validation_failed, "no_such_date");
}

// Reads exactly `count` digits at `position`; -1 when they are not all digits.
int digits_at(std::string_view text, std::size_t position, std::size_t count) {
  if (position + count > text.size()) return -1;
  int value = 0;
  for (std::size_t i = position; i < position + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

bool is_at(std::string_view text, std::size_t position, char expected) {
  return position < text.size() && text[position] == expected;
}

int days_in_month(int year, int month) {
  constexpr std::array<int, 12> lengths{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : lengths[static_cast<std::size_t>(month - 1)];
}

void append_padded(std::string& out, int value, std::size_t width) {
  std::array<char, 12> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  const auto length = static_cast<std::size_t>(end - digits.data());
  if (length < width) out.append(width - length, '0');
  out.append(digits.data(), length);
}

// "T08:00:00" with an optional fraction, which is cut to milliseconds. Moves `position` behind it.
Result<std::int64_t> parse_time(std::string_view text, std::size_t& position) {
  if (!is_at(text, position, 'T') && !is_at(text, position, 't')) return wrong_date();
  const int hour = digits_at(text, position + 1, 2);
  const int minute = digits_at(text, position + 4, 2);
  const int second = digits_at(text, position + 7, 2);
  const bool colons = is_at(text, position + 3, ':') && is_at(text, position + 6, ':');
  if (!colons || hour < 0 || minute < 0 || second < 0) return wrong_date();
  if (hour > 23 || minute > 59 || second > 59) return no_such_date();
  position += 9;
  std::int64_t milliseconds = ((std::int64_t{hour} * 60 + minute) * 60 + second) * 1000;
  if (!is_at(text, position, '.')) return milliseconds;
  ++position;
  if (digits_at(text, position, 1) < 0) return wrong_date();
  for (std::int64_t weight = 100; digits_at(text, position, 1) >= 0; ++position, weight /= 10) {
    milliseconds += weight * digits_at(text, position, 1);
  }
  return milliseconds;
}

// "Z" or "+08:00", to the end of the text; in milliseconds.
Result<std::int64_t> parse_offset(std::string_view text) {
  if (text == "Z" || text == "z") return 0;
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') {
    return wrong_date();
  }
  const int hour = digits_at(text, 1, 2);
  const int minute = digits_at(text, 4, 2);
  if (hour < 0 || minute < 0) return wrong_date();
  if (hour > 23 || minute > 59) return no_such_date();
  const std::int64_t offset = (std::int64_t{hour} * 60 + minute) * 60'000;
  return text[0] == '-' ? -offset : offset;
}

Day day_of_instant(Instant instant) {
  const std::int64_t before = instant % milliseconds_per_day < 0 ? 1 : 0;
  return static_cast<Day>(instant / milliseconds_per_day - before);
}

const date::time_zone& as_zone(const void* zone) {
  return *static_cast<const date::time_zone*>(zone);
}

}  // namespace

// The proleptic Gregorian calendar, counted in eras of 400 years that begin on 1 March: after
// Howard Hinnant, "chrono-compatible low-level date algorithms".
Day day_of(CivilDate date) {
  const int year = date.month <= 2 ? date.year - 1 : date.year;
  const int era = (year >= 0 ? year : year - 399) / 400;
  const int year_of_era = year - era * 400;
  const int month_from_march = date.month > 2 ? date.month - 3 : date.month + 9;
  const int day_of_year = (153 * month_from_march + 2) / 5 + date.day - 1;
  const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146'097 + day_of_era - 719'468;
}

CivilDate civil_of(Day day) {
  const int shifted = day + 719'468;
  const int era = (shifted >= 0 ? shifted : shifted - 146'096) / 146'097;
  const int day_of_era = shifted - era * 146'097;
  const int year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int month_from_march = (5 * day_of_year + 2) / 153;
  CivilDate date;
  date.day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
  date.month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  date.year = year_of_era + era * 400 + (date.month <= 2 ? 1 : 0);
  return date;
}

std::int32_t month_index(Day day) {
  const CivilDate date = civil_of(day);
  return date.year * months_per_year + date.month - 1;
}

Day monday_of(Day day) {
  constexpr int since_monday = 3;  // 1970-01-01 was a Thursday
  return day - ((day + since_monday) % days_of_week + days_of_week) % days_of_week;
}

Day first_day_of_month(std::int32_t month_index) {
  std::int32_t year = month_index / months_per_year;
  std::int32_t month = month_index % months_per_year;
  if (month < 0) {
    month += months_per_year;
    --year;
  }
  return day_of({year, month + 1, 1});
}

Result<Day> parse_date(std::string_view text) {
  const int year = digits_at(text, 0, 4);
  const int month = digits_at(text, 5, 2);
  const int day = digits_at(text, 8, 2);
  const bool form = text.size() == 10 && text[4] == '-' && text[7] == '-';
  if (!form || year < 0 || month < 0 || day < 0) return wrong_date();
  if (year < min_year || month < 1 || month > months_per_year || day < 1) return no_such_date();
  if (day > days_in_month(year, month)) return no_such_date();
  return day_of({year, month, day});
}

void append_date(std::string& out, Day day) {
  const CivilDate date = civil_of(day);
  append_padded(out, date.year, 4);
  out += '-';
  append_padded(out, date.month, 2);
  out += '-';
  append_padded(out, date.day, 2);
}

std::string format_date(Day day) {
  std::string text;
  append_date(text, day);
  return text;
}

Result<Instant> parse_instant(std::string_view text) {
  LP_TRY(const Day day, parse_date(text.substr(0, 10)));
  std::size_t position = 10;
  LP_TRY(const std::int64_t time, parse_time(text, position));
  LP_TRY(const std::int64_t offset, parse_offset(text.substr(position)));
  const Instant instant = day * milliseconds_per_day + time - offset;
  const int year = civil_of(day_of_instant(instant)).year;
  if (year < min_year || year > max_year) return no_such_date();
  return instant;
}

void append_instant(std::string& out, Instant instant) {
  const Day day = day_of_instant(instant);
  const auto time = static_cast<int>(instant - day * milliseconds_per_day);
  append_date(out, day);
  out += 'T';
  append_padded(out, time / 3'600'000, 2);
  out += ':';
  append_padded(out, time / 60'000 % 60, 2);
  out += ':';
  append_padded(out, time / 1000 % 60, 2);
  out += '.';
  append_padded(out, time % 1000, 3);
  out += 'Z';
}

std::string format_instant(Instant instant) {
  std::string text;
  append_instant(text, instant);
  return text;
}

Result<TimeZone> TimeZone::named(std::string_view name) {
  try {
    const date::time_zone* zone = date::locate_zone(std::string(name));
    return TimeZone(std::string(name), zone);
  } catch (const std::exception& exception) {
    Error error =
        Error::of(ErrorCode::validation_failed, "unknown_time_zone", {{"name", std::string(name)}});
    error.log_detail = exception.what();
    return error;
  }
}

Day TimeZone::local_day(Instant instant) const {
  const date::sys_time<std::chrono::milliseconds> time{std::chrono::milliseconds(instant)};
  const auto local = as_zone(zone_).to_local(time);
  return day_of_instant(local.time_since_epoch().count());
}

Instant TimeZone::instant_of(Day day, std::int64_t milliseconds_of_day) const {
  const std::chrono::milliseconds since_epoch(day * milliseconds_per_day + milliseconds_of_day);
  const date::local_time<std::chrono::milliseconds> local{since_epoch};
  return as_zone(zone_).to_sys(local, date::choose::earliest).time_since_epoch().count();
}

}  // namespace linchpin
