#pragma once

// SQL functions of the product, on every connection:
//   lp_fold(text)             the folded form of base/text.h; null stays null
//   lp_local_day(ms, zone)    the day of an instant in a time zone
//   lp_month(day)             months since year 0

#include <sqlite3.h>

namespace linchpin::storage::sqlite {

// Gives SQLite's result code.
int register_functions(sqlite3* connection);

}  // namespace linchpin::storage::sqlite
