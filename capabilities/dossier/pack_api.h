#pragma once

// Routes: /dossier/packs: taking cards along, reading and printing them, bringing them back.

#include "inbound/registration.h"

namespace linchpin::dossier {

void install_packs(inbound::Registration& registration);

}  // namespace linchpin::dossier
