#include "inbound/http/conditional.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/clock.h"

namespace linchpin::inbound {
namespace {

std::string_view without_weakness(std::string_view etag) {
  if (etag.starts_with("W/")) etag.remove_prefix(2);
  return etag;
}

bool parse_number(std::string_view text, std::int64_t& value) {
  if (text.empty() || text.front() == '-') return false;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

bool etag_matches(std::string_view list, std::string_view etag) {
  if (etag.empty()) return false;
  const std::string_view wanted = without_weakness(etag);
  while (!list.empty()) {
    const std::size_t first = list.find_first_not_of(" \t,");
    if (first == std::string_view::npos) return false;
    list.remove_prefix(first);
    if (list.front() == '*') return true;
    // A tag may hold commas: it ends at its second quote.
    const std::size_t open = list.find('"');
    if (open == std::string_view::npos) return false;
    const std::size_t close = list.find('"', open + 1);
    if (close == std::string_view::npos) return false;
    if (without_weakness(list.substr(0, close + 1)) == wanted) return true;
    list.remove_prefix(close + 1);
  }
  return false;
}

RangeKind parse_range(std::string_view header, std::int64_t size, ByteRange& range) {
  range = {0, size};
  if (!header.starts_with("bytes=")) return RangeKind::whole;
  header.remove_prefix(6);
  const std::size_t hyphen = header.find('-');
  if (hyphen == std::string_view::npos || header.find(',') != std::string_view::npos) {
    return RangeKind::whole;
  }
  const std::string_view from = header.substr(0, hyphen);
  const std::string_view to = header.substr(hyphen + 1);
  std::int64_t first = 0;
  std::int64_t last = size - 1;
  if (from.empty()) {
    std::int64_t suffix = 0;
    if (!parse_number(to, suffix)) return RangeKind::whole;
    if (suffix == 0) return RangeKind::unsatisfiable;
    first = std::max<std::int64_t>(0, size - suffix);
  } else {
    if (!parse_number(from, first)) return RangeKind::whole;
    if (!to.empty() && !parse_number(to, last)) return RangeKind::whole;
    if (last < first && !to.empty()) return RangeKind::whole;
    last = std::min(last, size - 1);
  }
  if (first >= size) return RangeKind::unsatisfiable;
  range = {first, last - first + 1};
  return RangeKind::part;
}

std::string http_date(std::time_t seconds) {
  constexpr std::array<std::string_view, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::tm time{};
  gmtime_r(&seconds, &time);
  return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT",
                     days[static_cast<std::size_t>(time.tm_wday)], time.tm_mday,
                     months[static_cast<std::size_t>(time.tm_mon)], time.tm_year + 1900,
                     time.tm_hour, time.tm_min, time.tm_sec);
}

std::string_view http_date_now() {
  thread_local std::time_t cached_second = 0;
  thread_local std::string cached;
  const std::time_t now = SystemClock().now() / 1000;
  if (now != cached_second) {
    cached = http_date(now);
    cached_second = now;
  }
  return cached;
}

}  // namespace linchpin::inbound
