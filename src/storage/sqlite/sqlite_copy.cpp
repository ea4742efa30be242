#include "storage/sqlite/sqlite_copy.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>

#include "storage/sqlite/sqlite_errors.h"

namespace linchpin::storage::sqlite {

namespace {

constexpr int patience_milliseconds = 10'000;
constexpr int whole_database = -1;
constexpr mode_t readable_by_owner = 0600;

struct Close {
  void operator()(sqlite3* handle) const { sqlite3_close(handle); }
};
using Handle = std::unique_ptr<sqlite3, Close>;

Error unusable(const char* detail, const std::string& path) {
  return Error::of(ErrorCode::unusable_database, detail, {{"path", path}});
}

Error file_error(const std::string& path) {
  const int code = errno;
  const bool full = code == ENOSPC || code == EDQUOT;
  Error error = Error::of(full ? ErrorCode::storage_full : ErrorCode::storage_failed);
  error.log_detail = path + ": " + std::strerror(code);
  return error;
}

Error failure(sqlite3* handle, int code, const std::string& path, std::string_view sql = {}) {
  constexpr int primary_bits = 0xff;
  Error error = error_of(handle, code, sql);
  const int primary = code & primary_bits;
  if (primary == SQLITE_NOTADB || primary == SQLITE_CORRUPT || primary == SQLITE_CANTOPEN) {
    Error answer =
        unusable(primary == SQLITE_CANTOPEN ? "database_unreadable" : "not_a_database", path);
    answer.log_detail = error.log_detail;
    return answer;
  }
  return error;
}

Result<Handle> open(const std::string& path, int flags) {
  sqlite3* opened = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &opened, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  Handle handle(opened);
  if (!handle) return Error::of(ErrorCode::storage_failed);  // no memory
  if (code != SQLITE_OK) return failure(opened, code, path);
  sqlite3_extended_result_codes(opened, 1);
  sqlite3_busy_timeout(opened, patience_milliseconds);
  return handle;
}

Status execute(sqlite3* handle, const std::string& path, const char* sql) {
  const int code = sqlite3_exec(handle, sql, nullptr, nullptr, nullptr);
  return code == SQLITE_OK ? Status() : failure(handle, code, path, sql);
}

// The first column of the first row.
Result<std::string> text_of(sqlite3* handle, const std::string& path, const char* sql) {
  sqlite3_stmt* statement = nullptr;
  int code = sqlite3_prepare_v2(handle, sql, -1, &statement, nullptr);
  if (code != SQLITE_OK) return failure(handle, code, path, sql);
  code = sqlite3_step(statement);
  std::string text;
  if (code == SQLITE_ROW) {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
    text = bytes == nullptr ? "" : bytes;
  }
  sqlite3_finalize(statement);
  if (code != SQLITE_ROW && code != SQLITE_DONE) return failure(handle, code, path, sql);
  return text;
}

// In one step, so that no other program's commit makes it begin again.
Status copy_pages(sqlite3* from, sqlite3* to, const std::string& path) {
  sqlite3_backup* backup = sqlite3_backup_init(to, "main", from, "main");
  if (backup == nullptr) return failure(to, sqlite3_extended_errcode(to), path);
  const int stepped = sqlite3_backup_step(backup, whole_database);
  const int finished = sqlite3_backup_finish(backup);
  const int code = stepped == SQLITE_DONE ? finished : stepped;
  if (code == SQLITE_OK) return {};
  return failure(to, code, path);
}

Status sync(const std::string& path, int flags) {
  const int file = ::open(path.c_str(), flags | O_CLOEXEC);
  if (file < 0) return file_error(path);
  const bool synced = ::fsync(file) == 0;
  const Error error = file_error(path);
  ::close(file);
  return synced ? Status() : Status(error);
}

Status make_empty_file(const std::string& path) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, readable_by_owner);
  if (file < 0) return errno == EEXIST ? Status(unusable("copy_exists", path)) : file_error(path);
  ::close(file);
  return {};
}

Status fill_copy(const std::string& from, const std::string& to) {
  LP_TRY(const Handle source, open(from, SQLITE_OPEN_READWRITE));
  LP_TRY(const Handle target, open(to, SQLITE_OPEN_READWRITE));
  // Until it is whole it is worth nothing; it is synced once, at its end.
  LP_CHECK(execute(target.get(), to, "PRAGMA journal_mode=OFF;PRAGMA synchronous=OFF"));
  LP_CHECK(copy_pages(source.get(), target.get(), to));
  // A file that needs no other file beside it.
  return execute(target.get(), to, "PRAGMA journal_mode=DELETE");
}

}  // namespace

Status copy_database(const std::string& from, const std::string& to) {
  std::error_code missing;
  if (!std::filesystem::exists(from, missing)) return unusable("database_unreadable", from);
  LP_CHECK(make_empty_file(to));
  Status copied = fill_copy(from, to);
  if (copied) copied = sync(to, O_RDONLY);
  if (!copied) ::unlink(to.c_str());
  return copied;
}

Status verify_database(const std::string& path) {
  LP_TRY(const Handle handle, open(path, SQLITE_OPEN_READONLY));
  LP_TRY(const std::string found, text_of(handle.get(), path, "PRAGMA integrity_check(1)"));
  if (found == "ok") return {};
  Error error = unusable("database_damaged", path);
  error.params.emplace_back("found", found);
  return error;
}

Status overwrite_database(const std::string& from, const std::string& to) {
  LP_TRY(const Handle source, open(from, SQLITE_OPEN_READONLY));
  LP_TRY(const Handle target, open(to, SQLITE_OPEN_READWRITE));
  // Leaving the write-ahead log takes the file for oneself; whoever has it open prevents that.
  sqlite3_busy_timeout(target.get(), 0);
  LP_CHECK(execute(target.get(), to, "PRAGMA locking_mode=EXCLUSIVE"));
  const auto mode = text_of(target.get(), to, "PRAGMA journal_mode=DELETE");
  Status alone = mode ? Status() : Status(mode.error());
  if (alone) alone = execute(target.get(), to, "BEGIN EXCLUSIVE; COMMIT");
  if (!alone || *mode != "delete") {
    if (!alone && alone.error().code != ErrorCode::overloaded) return alone;
    return Error::of(ErrorCode::overloaded, "database_in_use", {{"path", to}});
  }
  LP_CHECK(execute(target.get(), to, "PRAGMA synchronous=FULL"));
  return copy_pages(source.get(), target.get(), to);
}

Status move_into_place(const std::string& from, const std::string& to) {
  std::error_code error;
  if (std::filesystem::exists(to, error)) return unusable("copy_exists", to);
  if (::rename(from.c_str(), to.c_str()) != 0) return file_error(to);
  const std::string folder = std::filesystem::absolute(to, error).parent_path().string();
  return sync(folder, O_RDONLY | O_DIRECTORY);
}

}  // namespace linchpin::storage::sqlite
