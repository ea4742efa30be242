#pragma once

// What payments settle: how much of an invoice is open and how much of a payment is not allocated
// follows from the allocations, and neither can be settled for more than there is.

#include "records/rules.h"

namespace linchpin::receivables {

Status add_settling_rules(const records::Schema& schema, records::Rules& rules);

}  // namespace linchpin::receivables
