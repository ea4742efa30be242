#include "jobs/tabular/zip_archive.h"

#include <minizip/unzip.h>
#include <sys/stat.h>

#include <algorithm>

#include "jobs/tabular/table_error.h"

namespace linchpin::tabular {
namespace {

constexpr int ignore_case = 2;
constexpr unsigned long encrypted_flag = 1;
constexpr std::int64_t bytes_per_megabyte = 1 << 20;

}  // namespace

ZipArchive::ZipArchive(void* file, const UnpackLimits& limits, std::int64_t packed_bytes)
    : file_(file), limits_(limits), packed_bytes_(packed_bytes) {}

ZipArchive::~ZipArchive() {
  close_part();
  unzClose(file_);
}

Result<std::unique_ptr<ZipArchive>> ZipArchive::open(const std::string& path,
                                                     const UnpackLimits& limits) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return file_error("file_unreadable");
  void* file = unzOpen64(path.c_str());
  if (!file) return not_a_workbook("no directory of the zip file");
  std::unique_ptr<ZipArchive> archive(new ZipArchive(file, limits, status.st_size));
  unz_global_info64 info{};
  if (unzGetGlobalInfo64(file, &info) != UNZ_OK) return not_a_workbook("no entries");
  if (info.number_entry > limits.entries) {
    return file_error("too_many_parts", {{"limit", std::to_string(limits.entries)}});
  }
  return archive;
}

Result<bool> ZipArchive::open_part(const std::string& name) {
  close_part();
  if (unzLocateFile(file_, name.c_str(), ignore_case) != UNZ_OK) return false;
  unz_file_info64 info{};
  if (unzGetCurrentFileInfo64(file_, &info, nullptr, 0, nullptr, 0, nullptr, 0) != UNZ_OK) {
    return not_a_workbook("damaged entry");
  }
  if (info.flag & encrypted_flag) return file_error("workbook_encrypted");
  if (unzOpenCurrentFile(file_) != UNZ_OK) return not_a_workbook("damaged entry");
  part_open_ = true;
  part_bytes_ = 0;
  declared_bytes_ = info.uncompressed_size;
  return true;
}

void ZipArchive::close_part() {
  if (part_open_) unzCloseCurrentFile(file_);
  part_open_ = false;
}

Result<std::size_t> ZipArchive::read(char* out, std::size_t capacity) {
  if (!part_open_) return 0;
  const int count = unzReadCurrentFile(file_, out, static_cast<unsigned>(capacity));
  if (count < 0) return not_a_workbook("damaged data");
  if (count == 0) {
    LP_CHECK(finish_part());
    return 0;
  }
  part_bytes_ += static_cast<std::uint64_t>(count);
  unpacked_bytes_ += count;
  const std::int64_t by_ratio = std::max(limits_.harmless_bytes, packed_bytes_ * limits_.ratio);
  const std::int64_t limit = std::min(limits_.bytes, by_ratio);
  if (unpacked_bytes_ > limit) {
    const std::int64_t megabytes = std::max<std::int64_t>(1, limit / bytes_per_megabyte);
    return file_error("unpacks_too_large", {{"limit", std::to_string(megabytes)}});
  }
  return static_cast<std::size_t>(count);
}

// A part that is shorter than it says, or whose check sum is wrong, has been damaged.
Status ZipArchive::finish_part() {
  part_open_ = false;
  const int closed = unzCloseCurrentFile(file_);
  if (closed != UNZ_OK) return not_a_workbook("wrong check sum");
  if (part_bytes_ != declared_bytes_) return not_a_workbook("part ends early");
  return {};
}

double ZipArchive::progress() const {
  if (!part_open_ || declared_bytes_ == 0) return 1;
  return std::min(1.0, static_cast<double>(part_bytes_) / static_cast<double>(declared_bytes_));
}

}  // namespace linchpin::tabular
