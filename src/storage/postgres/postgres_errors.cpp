#include "storage/postgres/postgres_errors.h"

#include <string>

namespace linchpin::storage::postgres {

namespace {

constexpr int retry_seconds = 1;

std::string_view field_of(const PGresult* result, int field) {
  const char* text = result ? PQresultErrorField(result, field) : nullptr;
  return text ? std::string_view(text) : std::string_view();
}

// "Key (code, entity)=(A1, 3) already exists." names the columns in any language.
std::string columns_of_violation(const PGresult* result) {
  const std::string_view detail = field_of(result, PG_DIAG_MESSAGE_DETAIL);
  const auto begin = detail.find('(');
  const auto end = detail.find(")=(");
  if (begin == detail.npos || end == detail.npos || end < begin) {
    return std::string(field_of(result, PG_DIAG_CONSTRAINT_NAME));
  }
  const std::string table(field_of(result, PG_DIAG_TABLE_NAME));
  std::string columns = table + ".";
  for (const char c : detail.substr(begin + 1, end - begin - 1)) {
    if (c == '"') continue;
    columns += c;
    if (columns.ends_with(", ")) columns += table + ".";
  }
  return columns;
}

Error retryable(ErrorCode code, const char* detail) {
  Error error = Error::of(code, detail);
  error.retry_after_seconds = retry_seconds;
  return error;
}

Failure lost() {
  return {retryable(ErrorCode::storage_failed, "database_lost"), true, true};
}

Failure failure_of_state(const PGresult* result, std::string_view state) {
  const std::string_view kind = state.substr(0, 2);
  if (state == "23505") {
    return {Error::of(ErrorCode::duplicate, "duplicate_value",
                      {{"index", columns_of_violation(result)}})};
  }
  if (state == "55P03" || state == "40001" || state == "40P01") {
    return {retryable(ErrorCode::overloaded, "database_locked"), true, false};
  }
  if (state == "57014") return {Error::of(ErrorCode::query_too_expensive)};
  // A zero byte in a text, which only this database minds.
  if (state == "22021") return {Error::of(ErrorCode::malformed, "null_character")};
  if (state == "53100") return {Error::of(ErrorCode::storage_full), true, false};
  if (state == "53300") return {retryable(ErrorCode::overloaded, "database_lost"), true, true};
  if (state == "25006") return {Error::of(ErrorCode::internal), false, false, true};
  if (kind == "08" || state == "57P01" || state == "57P02" || state == "57P03") return lost();
  const bool failed = kind == "53" || kind == "57" || kind == "58" || kind == "XX";
  return {Error::of(failed ? ErrorCode::storage_failed : ErrorCode::internal), failed, false};
}

}  // namespace

Failure failure_of(const PGconn* connection, const PGresult* result, std::string_view sql) {
  const std::string_view state = field_of(result, PG_DIAG_SQLSTATE);
  const bool is_lost = state.empty() || PQstatus(connection) == CONNECTION_BAD;
  Failure failure = is_lost ? lost() : failure_of_state(result, state);
  // Never the whole message: its detail repeats the values of the row.
  std::string& why = failure.error.log_detail;
  if (state.empty()) {
    why = "postgres: " + std::string(PQerrorMessage(connection));
  } else {
    why = "postgres " + std::string(state) + ": ";
    why += field_of(result, PG_DIAG_MESSAGE_PRIMARY);
  }
  if (!sql.empty()) why.append(" in: ").append(sql);
  return failure;
}

}  // namespace linchpin::storage::postgres
