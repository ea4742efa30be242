#pragma once

// Routes: /session/oidc, …/start, …/callback: signing in at a provider of the company.

#include "inbound/identity/identity.h"
#include "inbound/oidc/provider.h"
#include "inbound/registration.h"

namespace linchpin::inbound {

struct OidcParts {
  OidcConfig config;
  OutsideWeb* web = nullptr;  // set where there is a provider
};

void install_oidc_api(Registration& registration, Identity& identity, const OidcParts& parts,
                      bool always_secure);

}  // namespace linchpin::inbound
