#pragma once

// Whole files, for configuration, schemas and texts. Uploads are streamed elsewhere.

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace linchpin {

constexpr std::size_t max_file_bytes = std::size_t{64} << 20;

// Errors: not_found when there is no such file, payload_too_large beyond `limit` bytes,
// storage_failed for anything else.
Result<std::string> read_file(const std::string& path, std::size_t limit = max_file_bytes);

// After success the file holds exactly `content`, on disk; after a failure or a crash it is as it
// was. Errors: storage_full, storage_failed.
Status write_file_atomically(const std::string& path, std::string_view content);

// The folder that holds the running program, without a trailing slash.
std::string executable_folder();

}  // namespace linchpin
