#pragma once

// Where the customer's key people and ours are in the days to come, and where they could meet.

#include "dossier/reading.h"

namespace linchpin::dossier {

constexpr Day itinerary_days = 14;

// {"from","to","trips":[…],"meetings":[{"contact","contact_name","account","account_name","user",
// "user_name","city","from","to"}]}: of the customers' people whom the reader sees, and of ours. A
// meeting is suggested where one of each is in a city at the same time. Of trips of ours that the
// reader does not see as records he is told no more than that.
Status write_itineraries(JsonWriter& out, const Reading& reading, Day from);

}  // namespace linchpin::dossier
