#pragma once

// The capabilities that were built in, for the one place that wires them: apps/server.

#include "inbound/registration.h"
#include "records/rules.h"
#include "records/schema.h"

namespace linchpin {

Status add_capability_rules(const records::Schema& schema, records::Rules& rules);
void install_capabilities(inbound::Registration& registration);

}  // namespace linchpin
