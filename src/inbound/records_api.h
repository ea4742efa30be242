#pragma once

// Routes: /records/{object} and what lies below it.

#include "inbound/registration.h"

namespace linchpin::inbound {

void install_records_api(Registration& registration);

}  // namespace linchpin::inbound
