#pragma once

// POST /identify/overrides/{id}/approve. They are made and read as records.

#include "inbound/registration.h"

namespace linchpin::identify {

void install_overrides(inbound::Registration& registration);

}  // namespace linchpin::identify
