#pragma once

// A connection to a PostgreSQL server, on the schema of one workspace.
//
// What begins, marks and ends parts of a transaction waits for the next statement and goes with it
// to the server, so that it costs no journey of its own.

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "storage/postgres/postgres_errors.h"
#include "storage/postgres/postgres_handle.h"
#include "storage/postgres/prepared_statements.h"
#include "storage/session.h"

namespace linchpin::storage::postgres {

enum class Role { reader, writer };

struct SessionOptions {
  std::string url;
  Name schema{"lp_main"};  // also the name of its lock and of the channel that tells of commits
  Role role = Role::reader;
  std::chrono::milliseconds busy_timeout{0};
};

class PostgresSession final : public Session {
 public:
  // The server ends a writer's transaction in which nothing happens for so long, because all the
  // other writers wait for it.
  static constexpr std::chrono::milliseconds longest_silence{30'000};
  // Of a scan, in memory at once.
  static constexpr int rows_of_a_part = 1'000;

  // Error: storage_failed / `database_lost`.
  static Result<std::unique_ptr<PostgresSession>> open(SessionOptions options);

  Dialect dialect() const override { return Dialect::postgres; }
  Result<std::unique_ptr<Statement>> prepare(const Sql& sql) override;
  Result<std::unique_ptr<Statement>> scan(const Sql& sql) override;
  Result<std::int64_t> execute(const Sql& sql) override;
  Status attempt(const std::function<Status()>& work) override;

  Status make_ready() override;
  Status begin_read() override;
  // One writer at a time has the lock of the workspace, until its transaction has ended: what it
  // reads stays true, and what it numbers is numbered in the order of commits.
  Status begin_write() override;
  Status commit() override;
  void rollback() override;
  Status set_savepoint() override;
  Status release_savepoint() override;
  Status rollback_to_savepoint() override;
  bool in_transaction() const override { return in_transaction_; }
  bool is_spoilt() const override;
  const Error* fatal_error() const override { return fatal_ ? &*fatal_ : nullptr; }
  void maintain(std::optional<WriteKind>) override {}

  // For the statements of this session.
  Result<ResultPointer> run(const std::string& text, const std::vector<Value>& values);
  // A cursor's name. Outside of a transaction it makes one, which ends with the last cursor.
  Result<std::string> open_cursor(const std::string& text, const std::vector<Value>& values);
  Result<ResultPointer> fetch(const std::string& cursor);
  void close_cursor(const std::string& cursor);
  // Statements that no Sql can express: they make the schema.
  Status run_script(const std::string& script);

  // By which the server names this connection when it tells of a commit. Safe from any thread.
  int backend() const { return backend_; }

 private:
  struct Batch;

  explicit PostgresSession(SessionOptions options) : options_(std::move(options)) {}
  Status connect();
  std::string settings() const;
  Error fail(const PGresult* result, std::string_view sql);
  Result<ResultPointer> run_once(const std::string& text, const std::vector<Value>& values);
  bool send(const Batch& batch, const Parameters& parameters);
  Result<ResultPointer> receive(const Batch& batch);
  void defer(std::string command) { deferred_.push_back(std::move(command)); }
  std::string take_deferred();

  const SessionOptions options_;
  ConnectionPointer connection_;
  PreparedStatements statements_;
  std::vector<std::string> deferred_;
  std::optional<Error> fatal_;
  bool broken_ = true;
  bool in_transaction_ = false;
  int cursors_ = 0;
  bool cursors_made_transaction_ = false;
  std::int64_t cursors_named_ = 0;
  std::chrono::milliseconds time_limit_{0};  // that the server knows of
  std::atomic<int> backend_{0};
};

}  // namespace linchpin::storage::postgres
