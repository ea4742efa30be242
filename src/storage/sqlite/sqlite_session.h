#pragma once

// A connection to a SQLite file.

#include <sqlite3.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "storage/session.h"
#include "storage/sqlite/statement_cache.h"

namespace linchpin::storage::sqlite {

enum class Role { reader, writer };

struct SessionOptions {
  std::string path;  // absolute
  Role role = Role::reader;
  std::int64_t cache_bytes = 0;
  std::chrono::milliseconds busy_timeout{0};
};

class SqliteSession final : public Session {
 public:
  static constexpr int page_bytes = 8192;
  // The pages of the WAL are copied into the database once there are so many. Seldom during long
  // work, which changes the same pages again and again; early when somebody would wait for it.
  static constexpr int idle_checkpoint_pages = 500;
  static constexpr int interactive_checkpoint_pages = 1300;
  static constexpr int job_checkpoint_pages = 16000;
  // What the WAL file may keep on the disk when it starts anew.
  static constexpr std::int64_t max_kept_wal_bytes = std::int64_t{8000} * page_bytes;

  // Errors: unusable_database with `not_a_database` or `database_unreadable` {path}; overloaded.
  static Result<std::unique_ptr<SqliteSession>> open(SessionOptions options);
  ~SqliteSession() override;

  Dialect dialect() const override { return Dialect::sqlite; }
  Result<std::unique_ptr<Statement>> prepare(const Sql& sql) override;
  Result<std::int64_t> execute(const Sql& sql) override;
  Status attempt(const std::function<Status()>& work) override;

  Status make_ready() override;
  Status begin_read() override;
  Status begin_write() override;
  Status commit() override;
  void rollback() override;
  Status set_savepoint() override;
  Status release_savepoint() override;
  Status rollback_to_savepoint() override;
  bool in_transaction() const override;
  const Error* fatal_error() const override { return fatal_ ? &*fatal_ : nullptr; }
  void maintain(std::optional<WriteKind> after) override;

  // A number that changes when another connection has committed since this was last called.
  Status refresh_data_version();
  // What refresh_data_version last saw. Safe from any thread.
  std::int64_t data_version() const { return data_version_; }

  const StatementCache& statements() const { return statements_; }

  // For the statements of this session: remembers what `code` means for the transaction.
  Error fail(int code, sqlite3_stmt* statement);

 private:
  explicit SqliteSession(SessionOptions options) : options_(std::move(options)) {}
  Error fail(int code, std::string_view sql);
  Error unusable(const Error& error) const;
  Status connect();
  Status configure();
  Status use_write_ahead_log();
  void disconnect();
  void checkpoint();
  static int note_wal_pages(void* self, sqlite3*, const char*, int pages);
  static int ends_now(void* self);

  const SessionOptions options_;
  sqlite3* handle_ = nullptr;
  StatementCache statements_;
  std::optional<Error> fatal_;
  bool broken_ = true;
  int failure_code_ = SQLITE_OK;  // of the last failure
  int wal_pages_ = 0;
  int next_checkpoint_ = 0;  // not before the WAL has so many pages
  std::optional<std::chrono::steady_clock::time_point> read_until_;
  std::int64_t raw_data_version_ = 0;
  std::atomic<std::int64_t> data_version_{0};
};

}  // namespace linchpin::storage::sqlite
