#pragma once

#include "inbound/registration.h"

namespace linchpin::dossier {

// The endpoints below /dossier.
void install(inbound::Registration& registration);

}  // namespace linchpin::dossier
