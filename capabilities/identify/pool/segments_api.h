#pragma once

// Who is in a segment, a target group or behind a dynamic tag: looked up whenever it is asked, so
// that it is always up to date.

#include "inbound/registration.h"

namespace linchpin::identify {

void install_segments(inbound::Registration& registration);

}  // namespace linchpin::identify
