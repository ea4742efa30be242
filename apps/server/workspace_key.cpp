#include "workspace_key.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/environment.h"
#include "base/files.h"
#include "base/text.h"

namespace linchpin::server {
namespace {

constexpr const char* variable = "LINCHPIN_WORKSPACE_KEY";
constexpr const char* new_variable = "LINCHPIN_NEW_WORKSPACE_KEY";
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

std::string key_file(const std::string& database_path) {
  return database_path + ".key";
}

std::string next_file(const std::string& database_path) {
  return database_path + ".key.next";
}

}  // namespace

KeyHold::~KeyHold() {
  if (handle_ >= 0) ::close(handle_);
}

Status KeyHold::share(const std::string& database_path) {
  if (handle_ >= 0 || !environment(variable).empty()) return {};
  const std::string file = key_file(database_path);
  handle_ = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (handle_ < 0) return unusable("workspace_key_unreadable", file);
  if (::flock(handle_, LOCK_SH | LOCK_NB) != 0) return unusable("workspace_key_changing", file);
  return {};
}

Status KeyHold::take_alone() const {
  if (handle_ < 0 || ::flock(handle_, LOCK_EX | LOCK_NB) == 0) return {};
  return Error::of(ErrorCode::unusable_database, "workspace_in_use");
}

Result<NextKey> next_workspace_key(const std::string& database_path) {
  NextKey next;
  next.in_file = environment(variable).empty();
  const std::string given = environment(new_variable);
  if (!given.empty()) {
    LP_TRY(next.key, read_key(given, new_variable));
  } else if (next.in_file) {
    next.key = random_key();
  } else {
    return Error::of(ErrorCode::unusable_database, "new_workspace_key_missing");
  }
  if (!next.in_file) return next;
  const std::string file = next_file(database_path);
  ::unlink(file.c_str());  // of a change that was broken off before the database took it
  LP_TRY(const bool written, write_new_key(file, next.key));
  if (!written) return unusable("workspace_key_changing", file);
  return next;
}

Result<std::string> take_next_key_file(const std::string& database_path, std::string_view day) {
  const std::string file = key_file(database_path);
  const std::string stem = file + ".until-" + std::string(day);
  std::string kept = stem;
  for (int i = 2; ::access(kept.c_str(), F_OK) == 0; ++i) kept = stem + "-" + std::to_string(i);
  const bool moved = ::link(file.c_str(), kept.c_str()) == 0 &&
                     ::rename(next_file(database_path).c_str(), file.c_str()) == 0;
  if (!moved) return unusable("workspace_key_unreadable", file);
  return kept;
}

Result<std::optional<Key>> left_workspace_key(const std::string& database_path) {
  const std::string file = next_file(database_path);
  const Result<std::string> text = read_file(file, max_key_file_bytes);
  if (!text) return std::optional<Key>();
  LP_TRY(const Key key, read_key(*text, file));
  return std::optional(key);
}

Result<Key> workspace_key(const std::string& database_path, KeyIs presence) {
  const std::string given = environment(variable);
  if (!given.empty()) return read_key(given, variable);
  const std::string file = key_file(database_path);
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
