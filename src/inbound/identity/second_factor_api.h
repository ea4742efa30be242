#pragma once

// /session/second-factor: setting up, confirming and giving up the second factor.

#include "inbound/identity/identity.h"
#include "inbound/registration.h"

namespace linchpin::inbound {

void install_second_factor_api(Registration& registration, Identity& identity);

}  // namespace linchpin::inbound
