#pragma once

// Exact figures over integers; SQLite's own sum fails beyond 64 bits and its median is a double.
//   lp_sum(x)     the sum, as the text of a whole number; null when every x is null
//   lp_middle(x)  the sum of the two middle values (twice the middle one), likewise

#include <sqlite3.h>

namespace linchpin::storage::sqlite {

// Gives SQLite's result code.
int register_aggregates(sqlite3* connection);

}  // namespace linchpin::storage::sqlite
