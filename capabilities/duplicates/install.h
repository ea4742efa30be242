#pragma once

#include "inbound/registration.h"

namespace linchpin::duplicates {

void install(inbound::Registration& registration);

}  // namespace linchpin::duplicates
