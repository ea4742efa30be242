#pragma once

// Where the files of a workspace lie whose database is a server: its key and its uploads.

#include <string>

#include "base/result.h"

namespace linchpin::server {

// LINCHPIN_DATA, else the folder "linchpin" among the user's own data; made when it is not there.
// Error: unusable_database / `data_folder_unusable` {path}.
Result<std::string> data_folder();

}  // namespace linchpin::server
