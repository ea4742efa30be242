#pragma once

// What holds for every invoice, payment and allocation: the amount without tax follows from amount
// and tax; when it is due from the payment terms (due_dates.h); what is open and what is not
// allocated from the allocations (settling.h).

#include "records/rules.h"

namespace linchpin::receivables {

Status add_rules(const records::Schema& schema, records::Rules& rules);

}  // namespace linchpin::receivables
