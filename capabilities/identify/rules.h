#pragma once

// What holds on whatever road a record is written. Of a scoring model: its criteria, thresholds and
// scope can be read, so that no stored model stops the scoring of all accounts. Of a tier override:
// what was asked for stays as it was, because that is what its approver agrees to.

#include "records/rules.h"

namespace linchpin::identify {

Status add_rules(const records::Schema& schema, records::Rules& rules);

}  // namespace linchpin::identify
