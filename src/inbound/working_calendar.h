#pragma once

// The working calendar in the settings: its form, and what it may hold.

#include <vector>

#include "base/json_writer.h"
#include "base/working_calendar.h"
#include "inbound/body.h"

namespace linchpin::inbound {

void write_calendar(JsonWriter& out, const WorkingCalendar& calendar);

// Takes over what `wanted` names, each list as a whole. What is wrong is added to `problems`.
Status change_calendar(const Members& wanted, WorkingCalendar& calendar,
                       std::vector<FieldProblem>& problems);

}  // namespace linchpin::inbound
