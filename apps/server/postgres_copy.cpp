#include "postgres_copy.h"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <vector>

#include "meta_table.h"
#include "storage/storage.h"

namespace linchpin::server {
namespace {

using storage::Connection;
using storage::Sql;

constexpr const char* copied_schema = "lp_main";
constexpr const char* our_name = "linchpin-restore";

Error no_archive(std::string detail, ErrorParams params) {
  return Error::of(ErrorCode::unusable_database, std::move(detail), std::move(params));
}

std::string percent_decoded(std::string_view text) {
  constexpr std::size_t digits = 2;
  constexpr int hexadecimal = 16;
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view code = text.substr(at + 1, digits);
    unsigned char byte = 0;
    const auto read = std::from_chars(code.data(), code.data() + code.size(), byte, hexadecimal);
    const bool coded = text[at] == '%' && code.size() == digits && read.ptr == code.end();
    out += coded ? static_cast<char>(byte) : text[at];
    if (coded) at += digits;
  }
  return out;
}

// A password in the address would be seen in the list of processes; programs take it apart.
struct Address {
  explicit Address(std::string_view whole) : url(whole) {
    const std::size_t begin = url.find("://");
    if (begin == url.npos) return;
    const std::size_t user = begin + 3;
    const std::size_t end = url.substr(0, url.find_first_of("/?", user)).rfind('@');
    const std::size_t colon = url.find(':', user);
    if (end == url.npos || colon == url.npos || colon > end) return;
    password = percent_decoded(std::string_view(url).substr(colon + 1, end - colon - 1));
    url.erase(colon, end - colon);
  }
  std::string url;
  std::string password;
};

// What it says goes to the terminal.
Status run(std::vector<std::string> words, const std::string& password) {
  if (!password.empty()) ::setenv("PGPASSWORD", password.c_str(), 1);
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_t process = 0;
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", 1, 0);
  const int failed =
      ::posix_spawnp(&process, arguments[0], &actions, nullptr, arguments.data(), ::environ);
  ::posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) return no_archive("postgres_program_missing", {{"program", words[0]}});
  int status = 0;
  while (::waitpid(process, &status, 0) < 0 && errno == EINTR) {
  }
  const bool done = WIFEXITED(status) && WEXITSTATUS(status) == 0;
  return done ? Status() : Status(no_archive("postgres_program_failed", {{"program", words[0]}}));
}

// Sessions of this program other than the one that asks.
Result<std::int64_t> sessions(Connection& connection) {
  Sql sql("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND ");
  return query_integer(connection, sql.add("application_name = ").value("linchpin"), 0);
}

class Target {
 public:
  static Result<Target> open(const std::string& database) {
    const char joint = database.find('?') == database.npos ? '?' : '&';
    const std::string named = database + joint + "application_name=" + our_name;
    storage::OpenOptions options;
    options.may_create = true;
    LP_TRY(auto opened, storage::open_database(named, options));
    return Target(std::move(opened));
  }

  Result<bool> has_workspace() {
    return database_->read([](Connection& connection) -> Result<bool> {
      LP_TRY(const Contents contents, look_into(connection));
      return contents != Contents::nothing;
    });
  }
  Result<bool> in_use() {
    LP_TRY(const std::int64_t others, database_->read(sessions));
    return others > 0;
  }
  Status execute(const Sql& sql) {
    return database_->write([&](Connection& connection) -> Status {
      LP_CHECK(connection.execute(sql));
      return {};
    });
  }

 private:
  explicit Target(std::unique_ptr<storage::Database> database) : database_(std::move(database)) {}
  std::unique_ptr<storage::Database> database_;
};

}  // namespace

bool is_postgres(const std::string& database) {
  return database.starts_with("postgres://") || database.starts_with("postgresql://");
}

std::string without_password(const std::string& database) {
  return is_postgres(database) ? Address(database).url : database;
}

Status dump_workspace(const std::string& database, const std::string& file) {
  const Address address(database);
  return run(
      {"pg_dump", "--format=custom", "--no-owner", "--no-privileges",
       std::string("--schema=") + copied_schema, "--file=" + file, "--dbname=" + address.url},
      address.password);
}

Status verify_dump(const std::string& file) {
  return run({"pg_restore", "--file=/dev/null", file}, {});
}

Status load_dump(const std::string& database, const std::string& file, bool replace) {
  LP_TRY(Target target, Target::open(database));
  LP_TRY(const bool taken, target.has_workspace());
  const Address address(database);
  if (taken && !replace) return no_archive("restore_would_replace", {{"path", address.url}});
  LP_TRY(const bool in_use, target.in_use());
  if (in_use) return Error::of(ErrorCode::overloaded, "database_in_use", {{"path", address.url}});
  // What was is kept until the new one is whole.
  LP_CHECK(target.execute(Sql("ALTER SCHEMA lp_main RENAME TO lp_main_before_restore")));
  const Status loaded = run({"pg_restore", "--single-transaction", "--exit-on-error", "--no-owner",
                             "--no-privileges", "--dbname=" + address.url, file},
                            address.password);
  if (!loaded) {
    LP_CHECK(target.execute(Sql("DROP SCHEMA IF EXISTS lp_main CASCADE")));
    LP_CHECK(target.execute(Sql("ALTER SCHEMA lp_main_before_restore RENAME TO lp_main")));
    return loaded;
  }
  return target.execute(Sql("DROP SCHEMA lp_main_before_restore CASCADE"));
}

}  // namespace linchpin::server
