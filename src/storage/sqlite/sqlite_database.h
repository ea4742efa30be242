#pragma once

// A SQLite file as a Database.

#include <memory>
#include <string>

#include "storage/storage.h"

namespace linchpin::storage::sqlite {

// Errors: as open_database.
Result<std::unique_ptr<Database>> open(const std::string& path, const OpenOptions& options);

}  // namespace linchpin::storage::sqlite
