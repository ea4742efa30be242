#pragma once

// A workspace in a PostgreSQL database as a Database.

#include <memory>
#include <string>

#include "storage/storage.h"

namespace linchpin::storage::postgres {

// Errors: as open_database.
Result<std::unique_ptr<Database>> open(const std::string& url, const OpenOptions& options);

}  // namespace linchpin::storage::postgres
