#pragma once

// The endpoints of annual reports: /dossier/accounts/{id}/reports.

#include "inbound/registration.h"

namespace linchpin::dossier {

void install_annual_reports(inbound::Registration& registration);

}  // namespace linchpin::dossier
