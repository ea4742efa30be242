#pragma once

// A workspace with the product's standard objects and a few records, for targets that go through
// the record engine down to the database.

#include <string>

#include "base/clock.h"
#include "records/records.h"

namespace linchpin::fuzz {

// Made once, in a folder that goes with the process.
records::Records& workspace();

const access::AccessScope& administrator();

}  // namespace linchpin::fuzz
