#pragma once

// GET /search: one question to every object.

#include "inbound/registration.h"

namespace linchpin::inbound {

void install_search_api(Registration& registration);

}  // namespace linchpin::inbound
