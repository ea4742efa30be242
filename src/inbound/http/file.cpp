#include "inbound/http/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>

namespace linchpin::inbound {
namespace {

constexpr std::string_view temporary_prefix = "upload-";
constexpr std::chrono::hours stale_after{24};

Error system_error(std::string_view what, int code) {
  const bool full = code == ENOSPC || code == EDQUOT;
  Error error = Error::of(full ? ErrorCode::storage_full : ErrorCode::storage_failed);
  error.log_detail = std::string(what) + ": " + std::strerror(code);
  return error;
}

}  // namespace

File& File::operator=(File&& other) noexcept {
  if (this != &other) {
    close();
    descriptor_ = std::exchange(other.descriptor_, -1);
  }
  return *this;
}

void File::close() {
  if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
}

Result<File> File::open(const std::string& path) {
  // O_NONBLOCK: opening a named pipe must not wait for its other end.
  File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file) {
    const int code = errno;
    if (code == ENOENT || code == ENOTDIR) return Error::of(ErrorCode::not_found);
    return system_error("open " + path, code);
  }
  struct stat facts {};
  if (::fstat(file.descriptor_, &facts) != 0 || !S_ISREG(facts.st_mode)) {
    return Error::of(ErrorCode::not_found);
  }
  return file;
}

Result<File> File::create_temporary(const std::string& folder, std::string& path) {
  path = folder + "/" + std::string(temporary_prefix) + "XXXXXX";
  File file(::mkostemp(path.data(), O_CLOEXEC));
  if (!file) {
    const int code = errno;
    path.clear();
    return system_error("create a file in " + folder, code);
  }
  return file;
}

Result<File::Facts> File::facts() const {
  struct stat facts {};
  if (::fstat(descriptor_, &facts) != 0) return system_error("stat", errno);
  constexpr std::int64_t nanoseconds = 1'000'000'000;
  return Facts{facts.st_size, facts.st_mtim.tv_sec * nanoseconds + facts.st_mtim.tv_nsec};
}

Result<std::size_t> File::read_at(std::int64_t offset, std::span<char> out) const {
  std::size_t done = 0;
  while (done < out.size()) {
    const auto position = static_cast<off_t>(offset + static_cast<std::int64_t>(done));
    const ssize_t count = ::pread(descriptor_, out.data() + done, out.size() - done, position);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return system_error("read", errno);
    if (count == 0) break;
    done += static_cast<std::size_t>(count);
  }
  return done;
}

Status File::write(std::string_view data) {
  while (!data.empty()) {
    const ssize_t count = ::write(descriptor_, data.data(), data.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return system_error("write", errno);
    data.remove_prefix(static_cast<std::size_t>(count));
  }
  return {};
}

void remove_stale_temporaries(const std::string& folder) {
  namespace fs = std::filesystem;
  std::error_code ignored;
  const auto limit = fs::file_time_type::clock::now() - stale_after;
  for (auto entry = fs::directory_iterator(folder, ignored); entry != fs::directory_iterator();
       entry.increment(ignored)) {
    if (!entry->path().filename().string().starts_with(temporary_prefix)) continue;
    const auto written = fs::last_write_time(entry->path(), ignored);
    if (!ignored && written < limit) fs::remove(entry->path(), ignored);
  }
}

}  // namespace linchpin::inbound
