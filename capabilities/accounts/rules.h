#pragma once

// What holds on whatever road an account is written: the one whose it is gives it away only by
// approval.

#include "records/rules.h"

namespace linchpin::accounts {

Status add_rules(const records::Schema& schema, records::Rules& rules);

}  // namespace linchpin::accounts
