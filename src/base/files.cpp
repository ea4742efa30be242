#include "base/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

namespace linchpin {
namespace {

constexpr std::size_t read_step = std::size_t{64} << 10;

Error system_error(const char* action, const std::string& path, int number) {
  const bool full = number == ENOSPC || number == EDQUOT;
  Error error = Error::of(full ? ErrorCode::storage_full : ErrorCode::storage_failed);
  error.log_detail =
      std::string(action) + " " + path + ": " + std::generic_category().message(number);
  return error;
}

// Closes on every way out.
class FileHandle {
 public:
  explicit FileHandle(int descriptor) : descriptor_(descriptor) {}
  ~FileHandle() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  FileHandle(const FileHandle&) = delete;
  FileHandle& operator=(const FileHandle&) = delete;
  int get() const { return descriptor_; }

 private:
  int descriptor_;
};

Status write_all(int descriptor, std::string_view content, const std::string& path) {
  while (!content.empty()) {
    const ssize_t written = ::write(descriptor, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return system_error("write", path, errno);
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::fsync(descriptor) != 0) return system_error("fsync", path, errno);
  return {};
}

Status write_new_file(const std::string& path, std::string_view content, mode_t mode) {
  const FileHandle file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode));
  if (file.get() < 0) return system_error("create", path, errno);
  if (::fchmod(file.get(), mode) != 0) return system_error("fchmod", path, errno);
  return write_all(file.get(), content, path);
}

// Keeps the rights of a file that is replaced; a new file is for its owner alone.
mode_t mode_for(const std::string& path) {
  constexpr mode_t permission_bits = 0777;
  constexpr mode_t owner_only = 0600;
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 ? status.st_mode & permission_bits : owner_only;
}

Status sync_folder(const std::string& path) {
  const std::string parent = std::filesystem::path(path).parent_path().string();
  const std::string folder = parent.empty() ? "." : parent;
  const FileHandle handle(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (handle.get() < 0) return system_error("open", folder, errno);
  if (::fsync(handle.get()) != 0) return system_error("fsync", folder, errno);
  return {};
}

}  // namespace

Result<std::string> read_file(const std::string& path, std::size_t limit) {
  const FileHandle file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) {
    Error error = system_error("open", path, errno);
    if (errno == ENOENT || errno == ENOTDIR) error.code = ErrorCode::not_found;
    return error;
  }
  std::string content;
  while (true) {
    const std::size_t filled = content.size();
    content.resize(filled + read_step);
    const ssize_t count = ::read(file.get(), content.data() + filled, read_step);
    const int number = errno;
    content.resize(filled + static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    if (count == 0) return content;
    if (count < 0 && number != EINTR) return system_error("read", path, number);
    if (content.size() > limit) {
      return Error::of(ErrorCode::payload_too_large, {}, {{"limit", std::to_string(limit)}});
    }
  }
}

Status write_file_atomically(const std::string& path, std::string_view content) {
  const std::string temporary = path + "." + std::to_string(::getpid()) + ".tmp";
  if (Status written = write_new_file(temporary, content, mode_for(path)); !written) {
    ::unlink(temporary.c_str());
    return written;
  }
  if (::rename(temporary.c_str(), path.c_str()) != 0) {
    const int number = errno;
    ::unlink(temporary.c_str());
    return system_error("rename", path, number);
  }
  return sync_folder(path);
}

std::string executable_folder() {
  std::error_code error;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
  return error ? std::string(".") : program.parent_path().string();
}

}  // namespace linchpin
