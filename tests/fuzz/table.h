#pragma once

// What the targets for files have in common: the whole file is read, and what is wrong with it is
// said once and for all.

#include "fuzz.h"
#include "jobs/tabular/table_reader.h"

namespace linchpin::fuzz {

void read_table(Result<std::unique_ptr<tabular::TableReader>> reader);

}  // namespace linchpin::fuzz
