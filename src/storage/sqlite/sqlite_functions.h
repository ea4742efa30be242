#pragma once

// SQL functions of the product, on every connection:
//   lp_fold(text)  the folded form of base/text.h; null stays null

#include <sqlite3.h>

namespace linchpin::storage::sqlite {

// Gives SQLite's result code.
int register_functions(sqlite3* connection);

}  // namespace linchpin::storage::sqlite
