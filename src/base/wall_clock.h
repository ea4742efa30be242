#pragma once

// What the clock on the wall shows: the time that a person of the workspace reads.

#include <cstdint>

#include "base/date.h"

namespace linchpin {

// Milliseconds since 1970-01-01 00:00 of the local calendar.
std::int64_t wall_clock(const TimeZone& zone, Instant instant);

}  // namespace linchpin
