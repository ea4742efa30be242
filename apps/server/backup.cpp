#include "backup.h"

#include <charconv>
#include <filesystem>

#include "base/date.h"
#include "commands.h"
#include "meta_table.h"
#include "postgres_copy.h"
#include "storage/sqlite/sqlite_copy.h"
#include "upgrades.h"

namespace linchpin::server {
namespace {

namespace filesystem = std::filesystem;

constexpr std::string_view file_scheme = "sqlite:";
constexpr std::string_view unfinished = ".part";

Error no_copy(std::string detail, ErrorParams params) {
  return Error::of(ErrorCode::unusable_database, std::move(detail), std::move(params));
}

bool exists(const std::string& path) {
  std::error_code error;
  return filesystem::exists(path, error);
}

Result<std::string> file_of(const std::string& database) {
  if (database.starts_with(file_scheme)) return database.substr(file_scheme.size());
  return no_copy("unknown_database_kind", {{"url", database}});
}

// A file that goes unless it is moved to its place.
class UnfinishedFile {
 public:
  explicit UnfinishedFile(const std::string& place) : path_(place + std::string(unfinished)) {
    remove();  // of a copy that was killed
  }
  ~UnfinishedFile() { remove(); }
  UnfinishedFile(const UnfinishedFile&) = delete;
  UnfinishedFile& operator=(const UnfinishedFile&) = delete;

  const std::string& path() const { return path_; }

 private:
  void remove() {
    std::error_code error;
    filesystem::remove(path_, error);
  }
  const std::string path_;
};

// A workspace that this program knows; its key is not asked for.
Status expect_workspace(const std::string& path) {
  LP_TRY(const auto database, storage::open_database(std::string(file_scheme) + path));
  return database->read([&](storage::Connection& connection) -> Status {
    LP_TRY(const Contents contents, look_into(connection));
    if (contents != Contents::workspace) return no_copy("not_a_workspace", {{"path", path}});
    LP_TRY(const auto version, meta_value(connection, "schema_version"));
    std::int64_t number = 0;
    if (version) std::from_chars(version->data(), version->data() + version->size(), number);
    if (number <= workspace_version()) return {};
    return no_copy(
        "database_newer",
        {{"path", path}, {"found", *version}, {"known", std::to_string(workspace_version())}});
  });
}

// The copy is looked through before it gets its name.
Status copy_to(const std::string& database, const std::string& file) {
  if (exists(file)) return no_copy("copy_exists", {{"path", file}});
  const UnfinishedFile copy(file);
  if (is_postgres(database)) {
    LP_CHECK(dump_workspace(database, copy.path()));
    LP_CHECK(verify_dump(copy.path()));
  } else {
    LP_TRY(const std::string path, file_of(database));
    LP_CHECK(storage::sqlite::copy_database(path, copy.path()));
    LP_CHECK(storage::sqlite::verify_database(copy.path()));
  }
  return storage::sqlite::move_into_place(copy.path(), file);
}

// A database server knows where the files of its workspace lie.
Result<std::string> place_of(Command& command, const std::string& database) {
  if (!is_postgres(database)) return file_of(database);
  LP_CHECK(command.open({database, {}, false, true, true}));
  return command.workspace().path();
}

Status write_backup(Command& command, const std::string& database, const std::string& file) {
  LP_CHECK(command.prepare());
  LP_TRY(const std::string path, place_of(command, database));
  if (!is_postgres(database)) {
    if (!exists(path)) return no_copy("database_missing", {{"path", path}});
    LP_CHECK(expect_workspace(path));
  }
  LP_CHECK(copy_to(database, file));
  std::error_code error;
  constexpr std::uintmax_t megabyte = 1 << 20;
  const std::uintmax_t size = (filesystem::file_size(file, error) + megabyte - 1) / megabyte;
  say(command.text("backup.done", {{"file", file}, {"size", std::to_string(size)}}));
  const std::string key = path + ".key";
  if (exists(key)) say(command.text("backup.key_apart", {{"key", key}}));
  return {};
}

Status put_file_back(const std::string& path, const std::string& file, bool replace) {
  const bool taken = exists(path);
  if (taken && !replace) return no_copy("restore_would_replace", {{"path", path}});
  LP_CHECK(storage::sqlite::verify_database(file));
  // Looked at as a copy, which may be changed by that.
  const UnfinishedFile copy(path);
  LP_CHECK(storage::sqlite::copy_database(file, copy.path()));
  LP_CHECK(expect_workspace(copy.path()));
  if (taken) {
    LP_CHECK(storage::sqlite::overwrite_database(copy.path(), path));
  } else {
    LP_CHECK(storage::sqlite::move_into_place(copy.path(), path));
  }
  return storage::sqlite::verify_database(path);
}

// What was restored can be read only with its key.
void tell_of_key(Command& command, const std::string& database) {
  const Status opened = command.open({database, {}, false, true, true});
  if (opened || opened.error().detail != "workspace_key_missing") return;
  say(command.text("restore.key_missing", {{"key", opened.error().params.front().second}}));
}

Status put_back(Command& command, const std::string& database, const std::string& file,
                bool replace) {
  LP_CHECK(command.prepare());
  if (!exists(file)) return no_copy("database_missing", {{"path", file}});
  if (is_postgres(database)) {
    LP_CHECK(verify_dump(file));
    LP_CHECK(load_dump(database, file, replace));
  } else {
    LP_TRY(const std::string path, file_of(database));
    LP_CHECK(put_file_back(path, file, replace));
  }
  say(command.text("restore.done", {{"path", without_password(database)}}));
  tell_of_key(command, database);
  return {};
}

// "20261122T013000Z"
std::string moment_in_a_name(Instant now) {
  std::string text = format_instant(now);
  text.resize(text.find('.'));
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return text + "Z";
}

bool is_missing(const Error& error) {
  return error.detail == "database_missing" || error.detail == "workspace_missing";
}

}  // namespace

Status back_up_first(Command& command, const std::string& database) {
  if (!is_postgres(database)) {
    LP_TRY(const std::string path, file_of(database));
    std::error_code error;
    if (!exists(path) || filesystem::file_size(path, error) == 0) return {};
  }
  // What will not be brought up to date need not be copied.
  const Status opened = command.open({database, {}, false, true, true});
  if (!opened && is_missing(opened.error())) return {};
  LP_CHECK(opened);
  const std::string path = command.workspace().path();
  const std::string file = path + ".before-upgrade-" + moment_in_a_name(command.clock().now());
  LP_CHECK(copy_to(database, file));
  say(command.text("migrate.backup", {{"file", file}}));
  return {};
}

int backup(const std::string& database, const std::string& file) {
  Command command;
  const Status done = write_backup(command, database, file);
  return done ? 0 : report_failure(command.texts(), done.error());
}

int restore(const std::string& database, const std::string& file, bool replace) {
  Command command;
  const Status done = put_back(command, database, file, replace);
  return done ? 0 : report_failure(command.texts(), done.error());
}

}  // namespace linchpin::server
