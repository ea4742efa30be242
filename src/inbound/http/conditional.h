#pragma once

// Conditional requests and ranges (RFC 9110, sections 13 and 14).

#include <cstdint>
#include <ctime>
#include <string>
#include <string_view>

namespace linchpin::inbound {

// If-None-Match: a list of entity tags, compared without regard to weakness, or '*'.
bool etag_matches(std::string_view list, std::string_view etag);

struct ByteRange {
  std::int64_t first = 0;
  std::int64_t length = 0;
};

enum class RangeKind { whole, part, unsatisfiable };

// A single range of a body of `size` bytes; several ranges, other units and broken headers mean the
// whole, as the standard allows.
RangeKind parse_range(std::string_view header, std::int64_t size, ByteRange& range);

// "Sat, 21 Nov 2026 20:47:00 GMT"
std::string http_date(std::time_t seconds);
// The present, formatted once a second and thread.
std::string_view http_date_now();

}  // namespace linchpin::inbound
