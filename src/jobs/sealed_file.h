#pragma once

// A whole file, sealed with a key: what a person sent and the product holds until he comes back to
// it. Reading it makes a plain copy for as long as the reading takes.

#include <string>

#include "base/crypto.h"
#include "base/result.h"

namespace linchpin::jobs {

// Writes `to`, for the program alone and on disk before it returns. `context` is authenticated with
// it: a sealed file cannot stand in for another. Errors: storage_full, storage_failed.
Status seal_file(const std::string& from, const std::string& to, const Key& key,
                 const std::string& context);

// The plain copy of a sealed file; gone with this object.
class OpenedFile {
 public:
  // Errors: not_found / `file_deleted` where the file is not there, was shortened or was sealed
  // with another key; storage_full, storage_failed.
  static Result<OpenedFile> open(const std::string& sealed, const std::string& plain,
                                 const Key& key, const std::string& context);
  OpenedFile(OpenedFile&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  OpenedFile& operator=(OpenedFile&&) = delete;
  ~OpenedFile();
  const std::string& path() const { return path_; }

 private:
  explicit OpenedFile(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

}  // namespace linchpin::jobs
