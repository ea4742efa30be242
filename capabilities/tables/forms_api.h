#pragma once

// /form-links and /forms: what one needs to give away the address of a form, and what a stranger
// with that address may do.

#include "inbound/registration.h"

namespace linchpin::tables {

void install_forms_api(inbound::Registration& registration);

}  // namespace linchpin::tables
