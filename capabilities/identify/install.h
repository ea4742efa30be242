#pragma once

#include "inbound/registration.h"

namespace linchpin::identify {

void install(inbound::Registration& registration);

}  // namespace linchpin::identify
