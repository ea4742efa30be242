#pragma once

// What holds for every invoice: its amount without tax follows from amount and tax; a new invoice
// is open in full until something says otherwise.

#include "records/rules.h"

namespace linchpin::receivables {

Status add_rules(const records::Schema& schema, records::Rules& rules);

}  // namespace linchpin::receivables
