#pragma once

// On which days the workspace works: its weekend, public holidays, and the make-up working days
// 调休 that take a weekend's place. Pure.

#include <set>
#include <string>
#include <vector>

#include "base/date.h"

namespace linchpin {

struct WorkingCalendar {
  enum class Kind { holiday, working };
  // Days of one name, the last included. Spans never share a day.
  struct Span {
    Day from = 0;
    Day until = 0;
    Kind kind = Kind::holiday;
    std::string name;
  };
  // How far a working day is looked for; a calendar without one in that time has none.
  static constexpr Day max_days_ahead = 3'660;

  std::set<int> weekend{6, 7};  // 1 is Monday
  std::vector<Span> days;       // the earliest first

  bool works(Day day) const;
  // The `count`-th working day after `day`, which itself does not count. With too few of them
  // within max_days_ahead, the last day of that time.
  Day working_day_after(Day day, int count) const;
};

}  // namespace linchpin
