#pragma once

// Routes: /dossier/calendar: the secret address of one's visits as a calendar, and the feed itself;
// /dossier/itineraries: who is where.

#include "inbound/registration.h"

namespace linchpin::dossier {

void install_calendar(inbound::Registration& registration);

}  // namespace linchpin::dossier
