#pragma once

// GET /audit: the audit log for who may read it.

#include "inbound/registration.h"

namespace linchpin::inbound {

void install_audit_api(Registration& registration);

}  // namespace linchpin::inbound
