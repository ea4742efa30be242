#pragma once

// The parts of a zip file, inflated piece by piece under limits that do not trust what the file
// says about itself.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"
#include "jobs/tabular/table_reader.h"

namespace linchpin::tabular {

struct UnpackLimits {
  std::int64_t bytes = max_unpacked_bytes;
  std::int64_t ratio = max_unpacked_ratio;
  std::int64_t harmless_bytes = 8 << 20;  // up to here the ratio does not matter
  std::uint64_t entries = 10'000;
};

class ZipArchive {
 public:
  // Errors: `not_a_workbook`, `unpacks_too_large`.
  static Result<std::unique_ptr<ZipArchive>> open(const std::string& path,
                                                  const UnpackLimits& limits);
  ~ZipArchive();
  ZipArchive(const ZipArchive&) = delete;
  ZipArchive& operator=(const ZipArchive&) = delete;

  // Makes a part current; false when there is none of that name. Case does not matter.
  // Errors: `workbook_encrypted`, `not_a_workbook`.
  Result<bool> open_part(const std::string& name);
  // Bytes of the current part; 0 at its end. Errors: `unpacks_too_large`, `not_a_workbook` for
  // damaged data.
  Result<std::size_t> read(char* out, std::size_t capacity);
  // Share of the current part, by what the file says.
  double progress() const;

 private:
  ZipArchive(void* file, const UnpackLimits& limits, std::int64_t packed_bytes);
  void close_part();
  Status finish_part();

  void* file_;
  UnpackLimits limits_;
  std::int64_t packed_bytes_;        // of the whole file
  std::int64_t unpacked_bytes_ = 0;  // of all parts so far
  bool part_open_ = false;
  std::uint64_t part_bytes_ = 0;
  std::uint64_t declared_bytes_ = 0;
};

}  // namespace linchpin::tabular
