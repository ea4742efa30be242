#pragma once

// Writes the demo company into a workspace through the record engine, in slices, so that facts,
// change log and search know it like any other data.

#include <functional>

#include "base/clock.h"
#include "base/result.h"
#include "records/records.h"

namespace linchpin::demo {

// Called after every slice.
using Progress = std::function<void(std::size_t done, std::size_t total)>;

// The company as of the clock's day. Its people get no passwords here.
// Errors: invalid_state / `demo_loaded` when it is there already; duplicate when the workspace's
// own records use the same codes. After an error a part of it may be there.
Status load_demo(records::Records& records, const Clock& clock, const Progress& progress);

}  // namespace linchpin::demo
