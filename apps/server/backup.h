#pragma once

// Copies of a workspace's database: out of a running one, and back.

#include <string>

#include "command.h"

namespace linchpin::server {

// Leaves a copy beside a database that exists, and says where. Nothing for a new one. Errors: those
// of looking into the workspace and of the copy.
Status back_up_first(Command& command, const std::string& database);

}  // namespace linchpin::server
