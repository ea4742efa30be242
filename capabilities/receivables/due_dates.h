#pragma once

// When an invoice is due. The terms of its contract, else of its account, are taken over when it is
// made and stay with it; the day follows from them again whenever goods are delivered or accepted
// or a node is moved. A day that somebody entered stays as it is.

#include "records/rules.h"

namespace linchpin::receivables {

Status add_due_date_rules(const records::Schema& schema, records::Rules& rules);

}  // namespace linchpin::receivables
