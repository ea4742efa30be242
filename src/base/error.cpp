#include "base/error.h"

#include <array>
#include <cstddef>

namespace linchpin {
namespace {

struct CodeInfo {
  ErrorCode code;
  std::string_view name;
  int status;
  bool retryable;
};

constexpr std::array<CodeInfo, error_code_count> codes{{
    {ErrorCode::unauthenticated, "unauthenticated", 401, false},
    {ErrorCode::forbidden, "forbidden", 403, false},
    {ErrorCode::not_found, "not_found", 404, false},
    {ErrorCode::method_not_allowed, "method_not_allowed", 405, false},
    {ErrorCode::malformed, "malformed", 400, false},
    {ErrorCode::unsupported_media_type, "unsupported_media_type", 415, false},
    {ErrorCode::validation_failed, "validation_failed", 422, false},
    {ErrorCode::unknown_field, "unknown_field", 422, false},
    {ErrorCode::cursor_mismatch, "cursor_mismatch", 400, false},
    {ErrorCode::version_conflict, "version_conflict", 412, false},
    {ErrorCode::precondition_required, "precondition_required", 428, false},
    {ErrorCode::duplicate, "duplicate", 409, false},
    {ErrorCode::idempotency_mismatch, "idempotency_mismatch", 422, false},
    {ErrorCode::idempotency_in_flight, "idempotency_in_flight", 409, true},
    {ErrorCode::invalid_state, "invalid_state", 409, false},
    {ErrorCode::in_use, "in_use", 409, false},
    {ErrorCode::resync, "resync", 410, false},
    {ErrorCode::payload_too_large, "payload_too_large", 413, false},
    {ErrorCode::header_too_large, "header_too_large", 431, false},
    {ErrorCode::uri_too_long, "uri_too_long", 414, false},
    {ErrorCode::request_timeout, "request_timeout", 408, true},
    {ErrorCode::rate_limited, "rate_limited", 429, true},
    {ErrorCode::query_too_expensive, "query_too_expensive", 503, false},
    {ErrorCode::overloaded, "overloaded", 503, true},
    {ErrorCode::storage_full, "storage_full", 503, false},
    {ErrorCode::storage_failed, "storage_failed", 503, true},
    {ErrorCode::unusable_database, "unusable_database", 500, false},
    {ErrorCode::internal, "internal", 500, false},
}};

constexpr bool in_order_of_the_enumeration() {
  for (std::size_t i = 0; i < codes.size(); ++i) {
    if (static_cast<std::size_t>(codes[i].code) != i) return false;
  }
  return true;
}
static_assert(in_order_of_the_enumeration());

const CodeInfo& info(ErrorCode code) {
  return codes[static_cast<std::size_t>(code)];
}

}  // namespace

std::string_view code_name(ErrorCode code) {
  return info(code).name;
}

int http_status(ErrorCode code) {
  return info(code).status;
}

Error Error::of(ErrorCode code, std::string detail, ErrorParams params) {
  Error error;
  error.code = code;
  error.detail = std::move(detail);
  error.params = std::move(params);
  return error;
}

Error Error::internal(std::string why) {
  Error error;
  error.log_detail = std::move(why);
  return error;
}

Error Error::invalid(FieldProblem problem) {
  Error error = of(ErrorCode::validation_failed);
  error.problems.push_back(std::move(problem));
  return error;
}

Error Error::invalid(std::vector<FieldProblem> problems) {
  Error error = of(ErrorCode::validation_failed);
  error.problems = std::move(problems);
  return error;
}

bool Error::retryable() const {
  return info(code).retryable;
}

}  // namespace linchpin
