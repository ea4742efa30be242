#include "workspace_key.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/environment.h"
#include "base/files.h"
#include "base/text.h"

namespace linchpin::server {
namespace {

constexpr const char* variable = "LINCHPIN_WORKSPACE_KEY";
constexpr std::size_t max_key_file_bytes = 4096;

Error unusable(std::string detail, const std::string& file) {
  return Error::of(ErrorCode::unusable_database, std::move(detail), {{"file", file}});
}

Result<Key> read_key(std::string_view text, const std::string& place) {
  const Result<std::string> bytes = from_base64url(trim(text));
  Key key{};
  if (!bytes || bytes->size() != key.size()) return unusable("workspace_key_unreadable", place);
  std::copy(bytes->begin(), bytes->end(), key.begin());
  return key;
}

// Never over a file that is there: two processes that start together must end with one key.
Result<bool> write_new_key(const std::string& file, const Key& key) {
  constexpr mode_t owner_only = 0600;
  const int handle = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, owner_only);
  if (handle < 0) {
    if (errno == EEXIST) return false;
    return unusable("workspace_key_unreadable", file);
  }
  const std::string text =
      to_base64url({reinterpret_cast<const char*>(key.data()), key.size()}) + "\n";
  const ssize_t written = ::write(handle, text.data(), text.size());
  const bool stored = written == static_cast<ssize_t>(text.size()) && ::fsync(handle) == 0;
  ::close(handle);
  if (stored) return true;
  ::unlink(file.c_str());
  return unusable("workspace_key_unreadable", file);
}

}  // namespace

Result<Key> workspace_key(const std::string& database_path, KeyIs presence) {
  const std::string given = environment(variable);
  if (!given.empty()) return read_key(given, variable);
  const std::string file = database_path + ".key";
  Result<std::string> text = read_file(file, max_key_file_bytes);
  if (!text && text.error().code == ErrorCode::not_found) {
    if (presence == KeyIs::expected) return unusable("workspace_key_missing", file);
    const Key key = random_key();
    LP_TRY(const bool is_ours, write_new_key(file, key));
    if (is_ours) return key;
    text = read_file(file, max_key_file_bytes);
  }
  if (!text) return unusable("workspace_key_unreadable", file);
  return read_key(*text, file);
}

}  // namespace linchpin::server
