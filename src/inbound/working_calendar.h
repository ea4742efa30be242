#pragma once

// On which days the workspace works: its weekend, public holidays, and the make-up working days
// 调休 that take a weekend's place. Owns their form in the settings and what it may hold.

#include <set>
#include <string>
#include <vector>

#include "base/json_writer.h"
#include "inbound/body.h"

namespace linchpin::inbound {

struct WorkingCalendar {
  enum class Kind { holiday, working };
  // Days of one name, the last included. Spans never share a day.
  struct Span {
    Day from = 0;
    Day until = 0;
    Kind kind = Kind::holiday;
    std::string name;
  };

  std::set<int> weekend{6, 7};  // 1 is Monday
  std::vector<Span> days;       // the earliest first
};

void write_calendar(JsonWriter& out, const WorkingCalendar& calendar);

// Takes over what `wanted` names, each list as a whole. What is wrong is added to `problems`.
Status change_calendar(const Members& wanted, WorkingCalendar& calendar,
                       std::vector<FieldProblem>& problems);

}  // namespace linchpin::inbound
