#include "base/environment.h"

#include <cstdlib>

namespace linchpin {

std::string environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value == nullptr ? std::string() : std::string(value);
}

}  // namespace linchpin
