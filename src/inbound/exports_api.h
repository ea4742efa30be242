#pragma once

// /exports: tables that go out. The job is asked for at /jobs/{id}.

#include "inbound/registration.h"
#include "jobs/exports/exports.h"

namespace linchpin::inbound {

void install_exports_api(Registration& registration, exports::Exports& exports);

}  // namespace linchpin::inbound
