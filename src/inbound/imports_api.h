#pragma once

// POST /imports, PUT /imports/{id}/plan, …: files on their way into records.

#include "inbound/registration.h"
#include "jobs/imports/imports.h"

namespace linchpin::inbound {

// `imports` lives as long as the routes.
void install_imports_api(Registration& registration, imports::Imports& imports);

}  // namespace linchpin::inbound
