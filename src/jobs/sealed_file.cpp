#include "jobs/sealed_file.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cstdio>
#include <filesystem>
#include <functional>
#include <memory>

#include "jobs/disk.h"

namespace linchpin::jobs {

namespace filesystem = std::filesystem;

namespace {

constexpr std::size_t plain_block = std::size_t{1} << 20;
constexpr std::size_t sealing_adds = 28;  // nonce and tag

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

// A block knows its place and whether it is the last: none can be moved, and none cut off.
std::string block_context(const std::string& context, std::size_t index, bool last) {
  return context + "/" + std::to_string(index) + (last ? "." : "");
}

using Turn =
    std::function<Result<std::string>(std::string_view block, std::size_t index, bool last)>;

// Every block of one file, turned, in another.
Status turn_file(const std::string& from, const std::string& to, std::size_t block_size,
                 const Turn& turn) {
  const File source(std::fopen(from.c_str(), "rbe"));
  if (!source) return Error::of(ErrorCode::not_found, "file_deleted");
  std::error_code error;
  const std::uintmax_t size = filesystem::file_size(from, error);
  if (error) return disk_error(error, from);
  constexpr int flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC;
  const int handle = ::open(to.c_str(), flags, S_IRUSR | S_IWUSR);
  const File target(handle < 0 ? nullptr : ::fdopen(handle, "wb"));
  if (!target) return last_disk_error(to);
  std::string block(block_size, '\0');
  std::uintmax_t read = 0;
  for (std::size_t index = 0; index == 0 || read < size; ++index) {
    const std::size_t count = std::fread(block.data(), 1, block.size(), source.get());
    if (count < block.size() && std::ferror(source.get()) != 0) return last_disk_error(from);
    if (count == 0 && size > 0) return Error::of(ErrorCode::storage_failed);
    read += count;
    LP_TRY(const std::string turned,
           turn(std::string_view(block).substr(0, count), index, read >= size));
    const bool written =
        std::fwrite(turned.data(), 1, turned.size(), target.get()) == turned.size();
    if (!written) return last_disk_error(to);
  }
  if (std::fflush(target.get()) != 0) return last_disk_error(to);
  return {};
}

}  // namespace

Status seal_file(const std::string& from, const std::string& to, const Key& key,
                 const std::string& context) {
  const filesystem::path folder = filesystem::path(to).parent_path();
  std::error_code error;
  filesystem::create_directories(folder, error);
  if (error) return disk_error(error, folder.string());
  filesystem::permissions(folder, filesystem::perms::owner_all, error);
  Status done = turn_file(from, to, plain_block,
                          [&](std::string_view block, std::size_t index, bool last) {
                            return Result<std::string>(
                                seal(key, block, block_context(context, index, last)));
                          });
  if (done) done = sync_file(to);
  if (!done) filesystem::remove(to, error);
  return done;
}

Result<OpenedFile> OpenedFile::open(const std::string& sealed, const std::string& plain,
                                    const Key& key, const std::string& context) {
  OpenedFile opened(plain);
  LP_CHECK(turn_file(sealed, plain, plain_block + sealing_adds,
                     [&](std::string_view block, std::size_t index,
                         bool last) -> Result<std::string> {
                       auto text = open_sealed(key, block, block_context(context, index, last));
                       if (!text) return Error::of(ErrorCode::not_found, "file_deleted");
                       return text;
                     }));
  return opened;
}

OpenedFile::~OpenedFile() {
  std::error_code ignored;
  if (!path_.empty()) filesystem::remove(path_, ignored);
}

}  // namespace linchpin::jobs
