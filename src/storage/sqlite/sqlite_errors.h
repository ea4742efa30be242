#pragma once

// SQLite's result codes in the words of the API contract.

#include <sqlite3.h>

#include <string_view>

#include "base/error.h"

namespace linchpin::storage::sqlite {

// `code` is the extended result code that `handle` has just given for the statement `sql`.
Error error_of(sqlite3* handle, int code, std::string_view sql);

// Nothing of the running transaction may be kept: the disk, the file or the memory failed.
bool ends_transaction(int code);

// The connection may be in a wrong state and is opened anew before its next use.
bool breaks_connection(int code);

}  // namespace linchpin::storage::sqlite
