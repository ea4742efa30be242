#include "storage/sqlite/sqlite_errors.h"

#include <string>

namespace linchpin::storage::sqlite {

namespace {

constexpr int primary_code_mask = 0xff;
constexpr int retry_seconds = 1;

bool is_unique_violation(int code) {
  return code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY ||
         code == SQLITE_CONSTRAINT_ROWID;
}

// "UNIQUE constraint failed: account.code, account.entity" gives what stands after the colon.
std::string columns_of_violation(std::string_view message) {
  const auto colon = message.find(": ");
  return std::string(colon == std::string_view::npos ? message : message.substr(colon + 2));
}

ErrorCode category(int code) {
  switch (code & primary_code_mask) {
    case SQLITE_FULL:
      return ErrorCode::storage_full;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return ErrorCode::overloaded;
    case SQLITE_INTERRUPT:
      return ErrorCode::query_too_expensive;
    default:
      return ends_transaction(code) ? ErrorCode::storage_failed : ErrorCode::internal;
  }
}

}  // namespace

bool ends_transaction(int code) {
  switch (code & primary_code_mask) {
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_NOMEM:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_CANTOPEN:
    case SQLITE_PROTOCOL:
      return true;
    case SQLITE_READONLY:
      return code != SQLITE_READONLY;  // the bare code: a write on a connection for reading
    default:
      return false;
  }
}

bool breaks_connection(int code) {
  return ends_transaction(code) && (code & primary_code_mask) != SQLITE_FULL;
}

Error error_of(sqlite3* handle, int code, std::string_view sql) {
  const std::string_view message = sqlite3_errmsg(handle);
  Error error = is_unique_violation(code) ? Error::of(ErrorCode::duplicate, "duplicate_value",
                                                      {{"index", columns_of_violation(message)}})
                                          : Error::of(category(code));
  if (error.code == ErrorCode::overloaded) {
    error.detail = "database_locked";
    error.retry_after_seconds = retry_seconds;
  }
  error.log_detail = "sqlite " + std::to_string(code) + ": " + std::string(message);
  if (!sql.empty()) error.log_detail.append(" in: ").append(sql);
  return error;
}

}  // namespace linchpin::storage::sqlite
