#pragma once

// Routes: /dossier/accounts/{id}/registry: asking the company registry, looking at what it says,
// applying what somebody chose of it.

#include "inbound/registration.h"

namespace linchpin::dossier {

void install_registry(inbound::Registration& registration);

}  // namespace linchpin::dossier
