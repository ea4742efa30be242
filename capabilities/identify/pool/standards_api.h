#pragma once

// GET /identify/standards: what each tier is promised; POST /identify/standards/compliance: whom we
// have not visited as his tier is promised.

#include "inbound/registration.h"

namespace linchpin::identify {

void install_standards(inbound::Registration& registration);

}  // namespace linchpin::identify
