#pragma once

// GET /identify/pool/rounds and what is done in a round.

#include "inbound/registration.h"

namespace linchpin::identify {

void install_rounds(inbound::Registration& registration);

}  // namespace linchpin::identify
