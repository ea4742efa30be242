#pragma once

// GET and POST /identify/accounts/{id}/screening: the questions in force, and answers that are
// kept.

#include "inbound/registration.h"

namespace linchpin::identify {

void install_screening(inbound::Registration& registration);

}  // namespace linchpin::identify
