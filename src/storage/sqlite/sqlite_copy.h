#pragma once

// Whole copies of SQLite databases: out of one that is in use, and back into place.

#include <string>

#include "base/result.h"

namespace linchpin::storage::sqlite {

// Everything that was committed when it began, as one plain file that only its owner may read;
// others read and write `from` meanwhile. Errors: unusable_database / `copy_exists` {path},
// `not_a_database` {path}, `database_unreadable` {path}; storage_full, storage_failed, overloaded.
Status copy_database(const std::string& from, const std::string& to);

// Opens it and reads every page. Errors: as above, and `database_damaged` {path, found}.
Status verify_database(const std::string& path);

// Puts the content of `from` into the database `to` in one transaction, which ends whole or not at
// all. Error: overloaded / `database_in_use` {path} while any other program has it open.
Status overwrite_database(const std::string& from, const std::string& to);

// On disk under the name `to`, which must be free: `copy_exists` {path}.
Status move_into_place(const std::string& from, const std::string& to);

}  // namespace linchpin::storage::sqlite
