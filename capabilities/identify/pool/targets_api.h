#pragma once

// GET /identify/targets/{id} and its matching with accounts; GET /identify/criteria.

#include "inbound/registration.h"

namespace linchpin::identify {

void install_targets(inbound::Registration& registration);

}  // namespace linchpin::identify
