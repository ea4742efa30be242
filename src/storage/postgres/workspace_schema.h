#pragma once

// The schema of a workspace and the functions that the product's SQL expects in it.

#include "storage/postgres/postgres_session.h"

namespace linchpin::storage::postgres {

// Error: unusable_database / `workspace_missing` {workspace, database} when there is none and it
// may not be made.
Status provide_schema(PostgresSession& session, const Name& schema, bool may_create,
                      const std::string& database);

}  // namespace linchpin::storage::postgres
