#pragma once

// /handover: prepare, try, carry out, sign, brief, undo.

#include "inbound/registration.h"

namespace linchpin::handover {

void install_handover_api(inbound::Registration& registration);

}  // namespace linchpin::handover
