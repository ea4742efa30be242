#pragma once

// POST /access/preview: what a person, or whoever holds a role, would see of an object.

#include "inbound/registration.h"

namespace linchpin::inbound {

void install_preview_api(Registration& registration);

}  // namespace linchpin::inbound
