#pragma once

// What is entered for somebody else belongs to him and says who entered it: holds for every object
// with the fields `entered_for` and `entered_by`.

#include "records/rules.h"

namespace linchpin::organisation {

Status add_rules(const records::Schema& schema, records::Rules& rules);

}  // namespace linchpin::organisation
