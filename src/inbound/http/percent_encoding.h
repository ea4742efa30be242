#pragma once

#include <string>
#include <string_view>

namespace linchpin::inbound {

// RFC 8187: everything but letters, digits and a few signs as %XX.
std::string percent_encoded(std::string_view text);

// The value of Content-Disposition for a file: `kind` is "attachment" or "inline", `plain` an ASCII
// name for programs that do not read the other one.
std::string disposition(std::string_view kind, std::string_view plain, std::string_view name);

}  // namespace linchpin::inbound
