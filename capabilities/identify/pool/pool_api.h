#pragma once

// GET /identify/pool, what is done with an account in it, and one account's place there.

#include "inbound/registration.h"

namespace linchpin::identify {

void install_pool(inbound::Registration& registration);

}  // namespace linchpin::identify
