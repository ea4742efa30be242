#pragma once

// What must hold on every write of the pool's objects.

#include "records/rules.h"

namespace linchpin::identify {

// An account's place in the pool may be given when the account is made, as from another system;
// afterwards only the pool moves it. The days and numbers of rounds, policies and standards make
// sense.
void add_pool_rules(const records::Schema& schema, records::Rules& rules);

}  // namespace linchpin::identify
