#pragma once

// What holds for every scoring model, on whatever road it is written: its criteria, thresholds and
// scope can be read, so that no stored model stops the scoring of all accounts.

#include "records/rules.h"

namespace linchpin::identify {

Status add_rules(const records::Schema& schema, records::Rules& rules);

}  // namespace linchpin::identify
