#pragma once

// Route: /changes, the change log as the caller may see it.

#include "inbound/registration.h"

namespace linchpin::inbound {

void install_changes_api(Registration& registration);

}  // namespace linchpin::inbound
