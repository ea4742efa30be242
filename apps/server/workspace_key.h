#pragma once

// The key that personal data and kept answers are sealed with. It lies beside the database in a
// file that only its owner may read, or comes from LINCHPIN_WORKSPACE_KEY; without it a copy of the
// database tells nothing personal.

#include <string>

#include "base/crypto.h"
#include "base/result.h"

namespace linchpin::server {

enum class KeyIs { expected, new_if_missing };

// Errors: unusable_database / `workspace_key_missing` {file}, `workspace_key_unreadable` {file}.
Result<Key> workspace_key(const std::string& database_path, KeyIs presence);

}  // namespace linchpin::server
