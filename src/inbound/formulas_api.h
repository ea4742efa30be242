#pragma once

// Route: /meta/functions, what people can write into formulas.

#include "inbound/registration.h"

namespace linchpin::inbound {

void install_formulas_api(Registration& registration);

}  // namespace linchpin::inbound
