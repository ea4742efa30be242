#pragma once

// A statement of a PostgresSession. Its rows come all at the first step, or a part at a time.

#include <deque>

#include "storage/postgres/postgres_session.h"

namespace linchpin::storage::postgres {

class PostgresStatement final : public Statement {
 public:
  enum class Rows { at_once, in_parts };

  PostgresStatement(PostgresSession& session, const Sql& sql, Rows rows)
      : session_(session), text_(sql.text()), values_(sql.values()), rows_(rows) {}
  ~PostgresStatement() override { reset(); }

  void bind(int index, const Value& value) override;
  void bind_integer(int index, std::int64_t value) override { bind(index, Value(value)); }
  void bind_text(int index, std::string_view value) override {
    bind(index, Value(std::string(value)));
  }
  void bind_null(int index) override { bind(index, Value()); }
  Result<bool> step() override;
  void reset() override;
  int columns() const override { return PQnfields(result_.get()); }
  bool is_null(int column) const override;
  std::int64_t integer(int column) const override;
  double real(int column) const override;
  std::string_view text(int column) const override;
  std::string_view blob(int column) const override;
  Value value(int column) const override;

 private:
  Cell cell(int column) const;
  Result<ResultPointer> first_rows();
  bool is_behind_rows() const { return row_ >= PQntuples(result_.get()); }

  PostgresSession& session_;
  const std::string text_;
  std::vector<Value> values_;
  const Rows rows_;
  std::string cursor_;
  ResultPointer result_;
  int row_ = 0;
  mutable std::deque<std::string> written_;  // numbers that were asked for as text
};

}  // namespace linchpin::storage::postgres
