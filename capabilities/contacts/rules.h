#pragma once

// What must hold of contacts and what is noted of them: whoever refused or withdrew consent is not
// written about; messages and buying meetings stay within one account.

#include "records/rules.h"

namespace linchpin::contacts {

Status add_rules(const records::Schema& schema, records::Rules& rules);

}  // namespace linchpin::contacts
