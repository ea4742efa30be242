#pragma once

// Joins the server: requests that an account be given to another.

#include "inbound/registration.h"

namespace linchpin::accounts {

void install(inbound::Registration& registration);

}  // namespace linchpin::accounts
