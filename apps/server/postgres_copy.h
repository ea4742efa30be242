#pragma once

// Copies of a workspace on PostgreSQL, made and put back by PostgreSQL's own programs.

#include <string>

#include "base/result.h"

namespace linchpin::server {

bool is_postgres(const std::string& database);

// An address as it may be shown.
std::string without_password(const std::string& database);

// One archive of the workspace's schema, in a state that was committed. Errors: unusable_database /
// `postgres_program_missing` {program}, `postgres_program_failed` {program}, which has said why.
Status dump_workspace(const std::string& database, const std::string& file);

// Reads the whole archive. Errors as above.
Status verify_dump(const std::string& file);

// The archive into a database without the workspace, or instead of the one that is there. It ends
// whole or leaves what was. Errors also: `restore_would_replace`, `database_in_use` {path}.
Status load_dump(const std::string& database, const std::string& file, bool replace);

}  // namespace linchpin::server
