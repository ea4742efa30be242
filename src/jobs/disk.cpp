#include "jobs/disk.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

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

Status take_file(const std::string& from, const std::string& to, Take take) {
  namespace filesystem = std::filesystem;
  const filesystem::path folder = filesystem::path(to).parent_path();
  std::error_code error;
  filesystem::create_directories(folder, error);
  if (error) return disk_error(error, folder.string());
  filesystem::permissions(folder, filesystem::perms::owner_all, error);
  if (take == Take::move) {
    filesystem::rename(from, to, error);
    if (!error) return sync_file(to);
    error.clear();  // from another file system, or a name that the uploader still holds
  }
  filesystem::copy_file(from, to, error);
  if (error) {
    const Error failed = disk_error(error, to);
    filesystem::remove(to, error);
    return failed;
  }
  filesystem::permissions(to, filesystem::perms::owner_read | filesystem::perms::owner_write,
                          error);
  if (take == Take::move) filesystem::remove(from, error);
  return sync_file(to);
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
