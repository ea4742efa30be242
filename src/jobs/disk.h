#pragma once

// Files that jobs write: on disk before anything refers to them, and what a file system refuses as
// people are told.

#include <string>
#include <system_error>

#include "base/result.h"

namespace linchpin::jobs {

// storage_full or storage_failed; `path` goes to the log alone.
Error disk_error(std::error_code error, const std::string& path);
// The same for `errno`.
Error last_disk_error(const std::string& path);

// Brings a file to its place, in a folder that is made when it is not there, for the program alone;
// `move`: it is gone from where it was. Errors: storage_full, storage_failed.
enum class Take { move, copy };
Status take_file(const std::string& from, const std::string& to, Take take);

// Errors: storage_full, storage_failed.
Status sync_file(const std::string& path);

}  // namespace linchpin::jobs
