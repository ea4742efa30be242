#include "base/wall_clock.h"

#include <date/tz.h>

namespace linchpin {

std::int64_t wall_clock(const TimeZone& zone, Instant instant) {
  const date::sys_time<std::chrono::milliseconds> time{std::chrono::milliseconds(instant)};
  return date::locate_zone(zone.name())->to_local(time).time_since_epoch().count();
}

}  // namespace linchpin
