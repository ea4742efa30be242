#include "jobs/disk.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace linchpin::jobs {

Error disk_error(std::error_code error, const std::string& path) {
  const bool full = error == std::errc::no_space_on_device ||
                    error == std::error_code(EDQUOT, std::generic_category());
  Error made = Error::of(full ? ErrorCode::storage_full : ErrorCode::storage_failed);
  made.log_detail = path + ": " + error.message();
  return made;
}

Error last_disk_error(const std::string& path) {
  return disk_error(std::error_code(errno, std::generic_category()), path);
}

Status sync_file(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool synced = file >= 0 && ::fsync(file) == 0;
  const std::error_code error(errno, std::generic_category());
  if (file >= 0) ::close(file);
  if (synced) return {};
  return disk_error(error, path);
}

}  // namespace linchpin::jobs
