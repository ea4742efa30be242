#pragma once

// The table lp_meta: what a workspace knows about itself before anything else is read.

#include <optional>
#include <string>
#include <string_view>

#include "storage/storage.h"

namespace linchpin::server {

enum class Contents { nothing, workspace, something_else };

// Writes nothing.
Result<Contents> look_into(storage::Connection& connection);

Status ensure_meta_table(storage::Connection& connection);
Result<std::optional<std::string>> meta_value(storage::Connection& connection,
                                              std::string_view name);
Status set_meta_value(storage::Connection& connection, std::string_view name,
                      std::string_view value);

// A node for the ids of one process, given in turn.
Result<int> lease_node(storage::Connection& connection);

}  // namespace linchpin::server
