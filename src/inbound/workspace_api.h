#pragma once

// Routes: /meta, /settings, /jobs/{id}, /jobs/{id}/cancel.

#include "inbound/identity/identity.h"
#include "inbound/registration.h"
#include "inbound/settings.h"

namespace linchpin::inbound {

struct Product {
  std::string name;
  std::string version;
};

void install_workspace_api(Registration& registration, Identity& identity, Settings& settings,
                           const Product& product);

}  // namespace linchpin::inbound
