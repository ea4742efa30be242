#pragma once

#include "inbound/registration.h"

namespace linchpin::dossier {

// Below /dossier/checks and /dossier/contradictions.
void install_checks(inbound::Registration& registration);

}  // namespace linchpin::dossier
