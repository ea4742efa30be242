#pragma once

// GET /contacts/concerns, POST /contacts/meetings/{id}/confirmation.

#include "inbound/registration.h"

namespace linchpin::contacts {

void install(inbound::Registration& registration);

}  // namespace linchpin::contacts
