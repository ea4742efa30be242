#pragma once

// What the fuzz targets share: claims that end the process when they are wrong, and files.

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/error.h"

namespace linchpin::fuzz {

inline void claim(bool holds, std::string_view what) {
  if (holds) return;
  std::fprintf(stderr, "not so: %.*s\n", static_cast<int>(what.size()), what.data());
  std::abort();
}

// Whatever comes in, the fault is never the server's.
inline void claim_fault_of_caller(const Error& error) {
  const bool own = error.code == ErrorCode::internal || error.code == ErrorCode::storage_failed;
  if (own) std::fprintf(stderr, "%s %s\n", error.detail.c_str(), error.log_detail.c_str());
  claim(!own, "an error that the caller made");
}

inline std::string_view text_of(const unsigned char* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

// A file in memory whose content is replaced again and again.
class MemoryFile {
 public:
  MemoryFile();
  void fill(std::string_view content);
  const std::string& path() const { return path_; }

 private:
  int file_ = -1;
  std::string path_;
};

// What libFuzzer calls.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size);
// Called once before, where a target has it: what takes longer than an input may.
extern "C" int LLVMFuzzerInitialize(int* argument_count, char*** arguments);

}  // namespace linchpin::fuzz
