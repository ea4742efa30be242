#pragma once

// GET /visits/accounts/{id}/gifts, POST /visits/gifts/{id}/decision.

#include "inbound/registration.h"

namespace linchpin::visits {

void install(inbound::Registration& registration);

}  // namespace linchpin::visits
