#include "demo/calendar.h"

#include <algorithm>
#include <array>

namespace linchpin::demo {

namespace {

constexpr int first_listed_year = 2020;
struct MonthDay {
  int month, day;
};
constexpr std::array<MonthDay, 21> spring_festivals{
    {{1, 25}, {2, 12}, {2, 1},  {1, 22}, {2, 10}, {1, 29}, {2, 17},
     {2, 6},  {1, 26}, {2, 13}, {2, 3},  {1, 23}, {2, 11}, {1, 31},
     {2, 19}, {2, 8},  {1, 28}, {2, 15}, {2, 4},  {1, 24}, {2, 12}}};
constexpr MonthDay usual_spring_festival{2, 4};

// Days from the nearest Spring Festival: negative before it.
int days_from_spring_festival(Day day) {
  const Day festival = spring_festival(civil_of(day).year);
  return day - festival;
}

bool is_holiday(Day day) {
  const CivilDate date = civil_of(day);
  const int from_festival = days_from_spring_festival(day);
  return (from_festival >= -1 && from_festival <= 6) || (date.month == 10 && date.day <= 7) ||
         (date.month == 5 && date.day <= 3) || (date.month == 1 && date.day == 1);
}

// People clear budgets before the year ends and come back slowly after the holiday.
double season(Day day) {
  const int from_festival = days_from_spring_festival(day);
  if (from_festival >= -12 && from_festival < -1) return 0.6;
  if (from_festival > 6 && from_festival <= 18) return 0.55;
  constexpr std::array<double, 12> by_month{0.98, 0.95, 1.06, 1.0, 1.0,  1.06,
                                            0.9,  0.93, 1.04, 1.0, 1.16, 1.5};
  const CivilDate date = civil_of(day);
  const bool quarter_closes = date.month % 3 == 0 && date.day > 20;
  return by_month[static_cast<std::size_t>(date.month - 1)] * (quarter_closes ? 1.25 : 1.0);
}

}  // namespace

std::vector<WorkingCalendar::Span> public_days(int year) {
  const Day festival = spring_festival(year);
  const auto on = [&](int month, int day) { return day_of({year, month, day}); };
  using Kind = WorkingCalendar::Kind;
  std::vector<WorkingCalendar::Span> days{{on(1, 1), on(1, 1), Kind::holiday, "元旦"},
                                          {festival - 1, festival + 6, Kind::holiday, "春节"},
                                          {on(5, 1), on(5, 3), Kind::holiday, "劳动节"},
                                          {on(10, 1), on(10, 7), Kind::holiday, "国庆节"}};
  // A week off is paid for with the Sunday before it and the Saturday after it.
  for (const std::size_t week : {std::size_t{1}, std::size_t{3}}) {
    const WorkingCalendar::Span off = days.at(week);
    const Day sunday = monday_of(off.from) - 1;
    const Day saturday = monday_of(off.until + 2) + 5;
    days.push_back({sunday, sunday, Kind::working, off.name});
    days.push_back({saturday, saturday, Kind::working, off.name});
  }
  std::sort(days.begin(), days.end(), [](const auto& left, const auto& right) {
    return left.from < right.from;
  });
  return days;
}

Day spring_festival(int year) {
  const int index = year - first_listed_year;
  const bool listed = index >= 0 && index < static_cast<int>(spring_festivals.size());
  const MonthDay date =
      listed ? spring_festivals[static_cast<std::size_t>(index)] : usual_spring_festival;
  return day_of({year, date.month, date.day});
}

bool is_working_day(Day day) {
  return day - monday_of(day) < 5 && !is_holiday(day);
}

Day working_day_from(Day day) {
  while (!is_working_day(day)) ++day;
  return day;
}

double ordering_weight(Day day) {
  if (is_holiday(day)) return 0.02;
  const Day since_monday = day - monday_of(day);
  if (since_monday >= 5) return since_monday == 5 ? 0.12 : 0.04;
  return season(day);
}

Day end_of_month(Day day) {
  return first_day_of_month(month_index(day) + 1) - 1;
}

}  // namespace linchpin::demo
