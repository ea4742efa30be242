#pragma once

#include "inbound/registration.h"

namespace linchpin::dossier {

// /inbox, what is read of it, and who follows an account.
void install_inbox(inbound::Registration& registration);

}  // namespace linchpin::dossier
