#pragma once

// What holds for every contact: whoever refused or withdrew consent is not written about.

#include "records/rules.h"

namespace linchpin::contacts {

Status add_rules(const records::Schema& schema, records::Rules& rules);

}  // namespace linchpin::contacts
