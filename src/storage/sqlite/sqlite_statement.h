#pragma once

// A prepared statement of a SqliteSession.

#include "storage/sqlite/sqlite_session.h"

namespace linchpin::storage::sqlite {

// Gives SQLite's result code. `copies`: the value need not outlive the call.
int bind_value(sqlite3_stmt* handle, int index, const Value& value, bool copies);

class SqliteStatement final : public Statement {
 public:
  SqliteStatement(SqliteSession& session, StatementCache::Lease lease)
      : session_(session), lease_(std::move(lease)), handle_(lease_.handle()) {}

  void bind(int index, const Value& value) override;
  void bind_integer(int index, std::int64_t value) override;
  void bind_text(int index, std::string_view value) override;
  void bind_null(int index) override;
  Result<bool> step() override;
  void reset() override;
  int columns() const override;
  bool is_null(int column) const override;
  std::int64_t integer(int column) const override;
  double real(int column) const override;
  std::string_view text(int column) const override;
  std::string_view blob(int column) const override;
  Value value(int column) const override;

 private:
  void note_bind(int code);

  SqliteSession& session_;
  StatementCache::Lease lease_;
  sqlite3_stmt* const handle_;
  int bind_code_ = SQLITE_OK;  // the first failure; step gives it
  bool done_ = false;
};

}  // namespace linchpin::storage::sqlite
