#pragma once

// An open file, closed with its value.

#include <sys/types.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace linchpin::inbound {

class File {
 public:
  File() = default;
  explicit File(int descriptor) : descriptor_(descriptor) {}
  ~File() { close(); }
  File(File&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  File& operator=(File&& other) noexcept;

  // A regular file. Errors: not_found, storage_failed.
  static Result<File> open(const std::string& path);
  // A new file of an unused name below `folder`; the name is left in `path`. Errors as write().
  static Result<File> create_temporary(const std::string& folder, std::string& path);

  struct Facts {
    std::int64_t size = 0;
    std::int64_t modified = 0;  // nanoseconds since 1970
  };
  Result<Facts> facts() const;

  // The bytes read at `offset`; fewer than `out` only at the end of the file.
  Result<std::size_t> read_at(std::int64_t offset, std::span<char> out) const;
  // Errors: storage_full, storage_failed.
  Status write(std::string_view data);
  void close();
  explicit operator bool() const { return descriptor_ >= 0; }

 private:
  int descriptor_ = -1;
};

// Removes what an earlier process that was killed left behind; only files older than a day.
void remove_stale_temporaries(const std::string& folder);

}  // namespace linchpin::inbound
