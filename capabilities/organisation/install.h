#pragma once

// Joins the server: /entering.

#include "inbound/registration.h"

namespace linchpin::organisation {

void install(inbound::Registration& registration);

}  // namespace linchpin::organisation
