#pragma once

// POST /identify/rfm and POST /identify/clv.

#include "inbound/registration.h"

namespace linchpin::identify {

void install_lifetime(inbound::Registration& registration);

}  // namespace linchpin::identify
