#pragma once

// /identify/models, their preview, publishing and rolling back, and GET
// /identify/accounts/{id}/explanation.

#include "inbound/registration.h"

namespace linchpin::identify {

void install_scoring(inbound::Registration& registration);

}  // namespace linchpin::identify
