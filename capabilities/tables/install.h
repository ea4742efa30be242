#pragma once

// Joins the server: /forms and /form-links.

#include "inbound/registration.h"

namespace linchpin::tables {

void install(inbound::Registration& registration);

}  // namespace linchpin::tables
