#pragma once

#include <string>
#include <string_view>

namespace linchpin::inbound {

// RFC 8187: everything but letters, digits and a few signs as %XX.
std::string percent_encoded(std::string_view text);

}  // namespace linchpin::inbound
