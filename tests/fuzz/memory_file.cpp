#include <sys/mman.h>
#include <unistd.h>

#include "fuzz.h"

namespace linchpin::fuzz {

MemoryFile::MemoryFile() : file_(::memfd_create("fuzz", 0)) {
  claim(file_ >= 0, "there is memory for a file");
  path_ = "/proc/self/fd/" + std::to_string(file_);
}

void MemoryFile::fill(std::string_view content) {
  const bool empty = ::ftruncate(file_, 0) == 0;
  const ssize_t written = ::pwrite(file_, content.data(), content.size(), 0);
  claim(empty && written == static_cast<ssize_t>(content.size()), "the file is written");
}

}  // namespace linchpin::fuzz
