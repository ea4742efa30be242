#pragma once

// /meta/objects and what is below: administrators change what objects and fields there are.

#include "inbound/registration.h"

namespace linchpin::inbound {

void install_meta_api(Registration& registration);

}  // namespace linchpin::inbound
