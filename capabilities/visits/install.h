#pragma once

// /visits/accounts/{id}/gifts, /visits/gifts/{id}/decision, /visits/check-in and
// /visits/{id}/check-in.

#include "inbound/registration.h"

namespace linchpin::visits {

void install(inbound::Registration& registration);

}  // namespace linchpin::visits
