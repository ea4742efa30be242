#pragma once

// What must hold of gifts on every write: whom they go to, the limit of a person and year, and that
// what is above it was approved. A decision stays. Limits are not negative. A need for training is
// answered by trainings of the same account.

#include "records/rules.h"

namespace linchpin::visits {

Status add_rules(const records::Schema& schema, records::Rules& rules);

}  // namespace linchpin::visits
