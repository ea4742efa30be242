#pragma once

// When somebody is told of news and when he is left alone: arithmetic on the workspace's clock.

#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"

namespace linchpin::dossier {

// Minutes since midnight.
using MinuteOfDay = int;
constexpr MinuteOfDay minutes_of_day = 24 * 60;

// "21:30". Error: `wrong_time_of_day`.
Result<MinuteOfDay> parse_minute_of_day(std::string_view text);
std::string format_minute_of_day(MinuteOfDay minute);

// Over midnight where `until` is not later than `from`.
struct QuietHours {
  MinuteOfDay from = 0;
  MinuteOfDay until = 0;
};

struct Span {
  Instant begin = 0;
  Instant end = 0;  // the first instant after it
  bool holds(Instant instant) const { return instant >= begin && instant < end; }
};

// The quiet hours that hold `now`; none where it is not quiet.
std::optional<Span> quiet_span(const TimeZone& zone, const QuietHours& hours, Instant now);

// What the digest of a day gathers: from its time on the day before until its time on that day.
Span digest_span(const TimeZone& zone, MinuteOfDay at, Day day);
// The last day whose digest is complete.
Day last_digest_day(const TimeZone& zone, MinuteOfDay at, Instant now);

}  // namespace linchpin::dossier
