#pragma once

// Who reaches one record and why, and with whom it is shared.

#include "inbound/registration.h"

namespace linchpin::inbound {

void install_access_api(Registration& registration);

}  // namespace linchpin::inbound
