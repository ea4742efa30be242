#include "data_folder.h"

#include <filesystem>

#include "base/environment.h"

namespace linchpin::server {
namespace {

std::string place() {
  const std::string given = environment("LINCHPIN_DATA");
  if (!given.empty()) return given;
  const std::string data = environment("XDG_DATA_HOME");
  if (!data.empty()) return data + "/linchpin";
  const std::string home = environment("HOME");
  return home.empty() ? "/var/lib/linchpin" : home + "/.local/share/linchpin";
}

}  // namespace

Result<std::string> data_folder() {
  const std::string folder = place();
  std::error_code error;
  if (std::filesystem::create_directories(folder, error)) {
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
  }
  if (!error) return folder;
  Error unusable =
      Error::of(ErrorCode::unusable_database, "data_folder_unusable", {{"path", folder}});
  unusable.log_detail = error.message();
  return unusable;
}

}  // namespace linchpin::server
