#include "storage/postgres/postgres_statement.h"

#include <cassert>
#include <utility>

namespace linchpin::storage::postgres {

void PostgresStatement::bind(int index, const Value& value) {
  assert(index >= 0 && static_cast<std::size_t>(index) < values_.size() && "no such parameter");
  assert(!result_ && "reset a statement before it is bound again");
  values_[static_cast<std::size_t>(index)] = value;
}

Result<ResultPointer> PostgresStatement::first_rows() {
  if (rows_ == Rows::at_once) return session_.run(text_, values_);
  LP_TRY(cursor_, session_.open_cursor(text_, values_));
  return session_.fetch(cursor_);
}

Result<bool> PostgresStatement::step() {
  written_.clear();
  if (!result_) {
    LP_TRY(result_, first_rows());
    row_ = 0;
  } else if (!is_behind_rows()) {
    ++row_;
  }
  const bool part_is_full = PQntuples(result_.get()) == PostgresSession::rows_of_a_part;
  if (!cursor_.empty() && is_behind_rows() && part_is_full) {
    LP_TRY(result_, session_.fetch(cursor_));
    row_ = 0;
  }
  return !is_behind_rows();
}

void PostgresStatement::reset() {
  result_.reset();
  if (!cursor_.empty()) session_.close_cursor(std::exchange(cursor_, {}));
}

bool PostgresStatement::is_null(int column) const {
  return PQgetisnull(result_.get(), row_, column) == 1;
}

Cell PostgresStatement::cell(int column) const {
  const PGresult* result = result_.get();
  return {PQftype(result, column),
          {PQgetvalue(result, row_, column),
           static_cast<std::size_t>(PQgetlength(result, row_, column))}};
}

std::int64_t PostgresStatement::integer(int column) const {
  return is_null(column) ? 0 : cell(column).integer();
}

double PostgresStatement::real(int column) const {
  return is_null(column) ? 0 : cell(column).real();
}

std::string_view PostgresStatement::text(int column) const {
  const Cell found = cell(column);
  if (is_null(column) || found.is_text()) return found.bytes;
  return written_.emplace_back(found.written());
}

std::string_view PostgresStatement::blob(int column) const {
  return cell(column).bytes;
}

Value PostgresStatement::value(int column) const {
  return is_null(column) ? Value() : cell(column).value();
}

}  // namespace linchpin::storage::postgres
