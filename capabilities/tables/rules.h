#pragma once

// What holds for every form with an address: it asks for fields of one object that a stranger can
// fill in and whoever gives the address away may write.

#include "records/rules.h"

namespace linchpin::tables {

Status add_rules(const records::Schema& schema, records::Rules& rules);

}  // namespace linchpin::tables
