#pragma once

// The target of a request line: where the request goes and with which query.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace linchpin::inbound {

constexpr std::size_t max_query_values = 256;

struct Target {
  std::string path;  // decoded, begins with '/', or "*"
  std::vector<std::pair<std::string, std::string>> query;
};

// "/a%20b?c=d+e" or the absolute form that a proxy sends. Error: malformed / `broken_request` for
// broken escapes, U+0000, text that is not UTF-8 and more than max_query_values.
Result<Target> parse_target(std::string_view target);

// False when an escape is broken.
bool percent_decode(std::string_view text, bool plus_is_blank, std::string& out);

}  // namespace linchpin::inbound
