#pragma once

// What can go wrong for a caller, in the words of the API contract. An Error holds no prose: the
// text is made from `code` and `params` in the reader's language where the error becomes an answer.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace linchpin {

enum class ErrorCode {
  unauthenticated,
  forbidden,
  not_found,
  method_not_allowed,
  malformed,
  unsupported_media_type,
  validation_failed,
  unknown_field,
  cursor_mismatch,
  version_conflict,
  precondition_required,
  duplicate,
  idempotency_mismatch,
  idempotency_in_flight,
  invalid_state,
  in_use,
  resync,  // a place in the change log that is no longer there
  payload_too_large,
  header_too_large,
  uri_too_long,
  request_timeout,
  rate_limited,
  query_too_expensive,
  overloaded,
  storage_full,
  storage_failed,
  unusable_database,
  internal,
};

constexpr int error_code_count = static_cast<int>(ErrorCode::internal) + 1;

std::string_view code_name(ErrorCode code);
int http_status(ErrorCode code);

// Named values that a message text refers to as {name}.
using ErrorParams = std::vector<std::pair<std::string, std::string>>;

// One thing that is wrong with one place of what the caller sent.
struct FieldProblem {
  std::string pointer;  // RFC 6901, for example "/fields/amount"
  std::string field;    // api_name, or empty when no field is concerned
  std::string code;     // text key below "problem.", for example "wrong_type"
  ErrorParams params;
};

// A field of a version conflict: what is stored now, as JSON text.
struct FieldConflict {
  std::string field;
  std::string current_json;
};

struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string detail;  // text key below "problem."; empty = the code's own text
  ErrorParams params;
  std::vector<FieldProblem> problems;
  std::vector<FieldConflict> conflicts;
  std::int64_t current_version = 0;  // of a version conflict; 0 = not given
  int retry_after_seconds = 0;       // 0 = not given
  std::string log_detail;            // for the log only, never shown

  static Error of(ErrorCode code, std::string detail = {}, ErrorParams params = {});
  // An unexpected failure of a library or of the system: shown as `internal`, logged with `why`.
  static Error internal(std::string why);
  static Error invalid(FieldProblem problem);
  static Error invalid(std::vector<FieldProblem> problems);

  bool retryable() const;
};

}  // namespace linchpin
