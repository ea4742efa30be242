#pragma once

// Problems of a file as a person who sent it understands them.

#include <cstdint>
#include <string>

#include "base/error.h"

namespace linchpin::tabular {

inline Error file_error(std::string detail, ErrorParams params = {}) {
  return Error::of(ErrorCode::malformed, std::move(detail), std::move(params));
}

inline Error row_error(std::string detail, std::int64_t row) {
  return file_error(std::move(detail), {{"row", std::to_string(row)}});
}

inline Error row_error(std::string detail, std::int64_t row, std::int64_t limit) {
  return file_error(std::move(detail),
                    {{"row", std::to_string(row)}, {"limit", std::to_string(limit)}});
}

// `why` goes to the log alone.
inline Error not_a_workbook(const char* why = "") {
  Error error = file_error("not_a_workbook");
  error.log_detail = why;
  return error;
}

}  // namespace linchpin::tabular
