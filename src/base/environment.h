#pragma once

#include <string>

namespace linchpin {

// The value of an environment variable; empty when it is not set.
std::string environment(const std::string& name);

}  // namespace linchpin
