#pragma once

// What must hold of accounts, visits, shutdowns, complaints and tasks on every road that leads to a
// write.

#include "records/rules.h"

namespace linchpin::dossier {

Status add_rules(const records::Schema& schema, records::Rules& rules);

}  // namespace linchpin::dossier
