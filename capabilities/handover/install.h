#pragma once

#include "inbound/registration.h"

namespace linchpin::handover {

void install(inbound::Registration& registration);

}  // namespace linchpin::handover
