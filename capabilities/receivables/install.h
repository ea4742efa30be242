#pragma once

// The endpoints of claiming receipts, below /receivables.

#include "inbound/registration.h"

namespace linchpin::receivables {

void install(inbound::Registration& registration);

}  // namespace linchpin::receivables
