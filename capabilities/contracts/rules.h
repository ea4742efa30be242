#pragma once

// What holds for every contract: its amounts without and with tax follow from rate and basis.

#include "records/rules.h"

namespace linchpin::contracts {

Status add_rules(const records::Schema& schema, records::Rules& rules);

}  // namespace linchpin::contracts
