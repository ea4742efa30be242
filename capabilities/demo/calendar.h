#pragma once

// When Chinese companies order, ship and pay: working days, Spring Festival, the year-end rush.

#include <vector>

#include "base/date.h"
#include "base/working_calendar.h"

namespace linchpin::demo {

// The first day of the lunar year that begins in `year`.
Day spring_festival(int year);
// The holidays of a year and the weekend's days that make up for them 调休, as they stand in the
// settings: the earliest first.
std::vector<WorkingCalendar::Span> public_days(int year);
bool is_working_day(Day day);
Day working_day_from(Day day);  // the day itself or the next working day
// How much is ordered on a day; an ordinary working day is 1.
double ordering_weight(Day day);
Day end_of_month(Day day);

}  // namespace linchpin::demo
