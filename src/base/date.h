#pragma once

// Calendar dates, instants and the workspace's time zone. "Today" is the workspace's day.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace linchpin {

// Days since 1970-01-01.
using Day = std::int32_t;
inline constexpr std::int64_t milliseconds_per_day = 86'400'000;

struct CivilDate {
  int year = 1970;
  int month = 1;  // 1–12
  int day = 1;    // 1–31
};

Day day_of(CivilDate date);
CivilDate civil_of(Day day);
// Months since year 0: 12 * year + (month - 1).
std::int32_t month_index(Day day);
Day first_day_of_month(std::int32_t month_index);
inline constexpr int days_of_week = 7;
Day monday_of(Day day);  // the Monday of its week

// "2026-11-21". Errors: `wrong_date` (the form), `no_such_date` (30 February).
Result<Day> parse_date(std::string_view text);
std::string format_date(Day day);
void append_date(std::string& out, Day day);

// RFC 3339 with a zone: "2026-11-21T08:00:00Z", "…+08:00". Errors as parse_date.
Result<Instant> parse_instant(std::string_view text);
std::string format_instant(Instant instant);  // always UTC, milliseconds
void append_instant(std::string& out, Instant instant);

class TimeZone {
 public:
  // IANA name, for example "Asia/Shanghai". Error: `unknown_time_zone` {name}.
  static Result<TimeZone> named(std::string_view name);

  const std::string& name() const { return name_; }
  Day local_day(Instant instant) const;
  // A wall-clock time of a day: milliseconds since local midnight. Where a clock change makes it
  // ambiguous the earlier instant is taken; where it skips it, the instant of the change.
  Instant instant_of(Day day, std::int64_t milliseconds_of_day) const;
  Instant start_of_day(Day day) const { return instant_of(day, 0); }

 private:
  explicit TimeZone(std::string name, const void* zone) : name_(std::move(name)), zone_(zone) {}
  std::string name_;
  const void* zone_;  // date::time_zone, owned by the library for the life of the process
};

}  // namespace linchpin
