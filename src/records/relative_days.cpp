#include "base/date.h"
#include "records/filter.h"

namespace linchpin::records {

namespace {

constexpr std::int64_t max_relative_days = 36'600;

DayRange months(std::int32_t first, std::int32_t count) {
  return {first_day_of_month(first), first_day_of_month(first + count)};
}

struct Step {
  std::string_view prefix;
  int offset;
};
constexpr Step steps[] = {{"last_", -1}, {"this_", 0}, {"next_", 1}};

std::optional<DayRange> period(std::string_view unit, int offset, Day today) {
  const std::int32_t month = month_index(today);
  if (unit == "week") {
    const Day monday = monday_of(today) + 7 * offset;
    return DayRange{monday, monday + 7};
  }
  if (unit == "month") return months(month + offset, 1);
  if (unit == "quarter") return months((month / 3 + offset) * 3, 3);
  if (unit == "year") return months((month / 12 + offset) * 12, 12);
  return std::nullopt;
}

}  // namespace

std::optional<DayRange> relative_days(std::string_view name, std::int64_t count, Day today) {
  if (name == "today") return DayRange{today, today + 1};
  if (name == "yesterday") return DayRange{today - 1, today};
  if (name == "tomorrow") return DayRange{today + 1, today + 2};
  if (count < 0 || count > max_relative_days) return std::nullopt;
  const Day days = static_cast<Day>(count);
  if (name == "last_days") return DayRange{today - days + 1, today + 1};
  if (name == "next_days") return DayRange{today, today + days};
  for (const Step& step : steps) {
    if (!name.starts_with(step.prefix)) continue;
    return period(name.substr(step.prefix.size()), step.offset, today);
  }
  return std::nullopt;
}

}  // namespace linchpin::records
