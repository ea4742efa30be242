#include "base/working_calendar.h"

#include <algorithm>

namespace linchpin {

bool WorkingCalendar::works(Day day) const {
  const auto span =
      std::lower_bound(days.begin(), days.end(), day,
                       [](const Span& candidate, Day wanted) { return candidate.until < wanted; });
  if (span != days.end() && span->from <= day) return span->kind == Kind::working;
  return weekend.count(day - monday_of(day) + 1) == 0;
}

Day WorkingCalendar::working_day_after(Day day, int count) const {
  const Day last = day + max_days_ahead;
  while (count > 0 && day < last) {
    ++day;
    if (works(day)) --count;
  }
  return day;
}

}  // namespace linchpin
