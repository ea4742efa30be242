#pragma once

// What a cell means: numbers, dates and keys in the ways that ERP systems and people write them.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"
#include "base/decimal.h"
#include "base/result.h"

namespace linchpin::tabular {

constexpr int scale_of_any_number = 6;  // where only the kind of the cell is asked

// "1,234.50", "￥1 234.5", "（1,200）", "12.5%", "3.2万", full-width digits, "1.2E+5".
// Surplus digits are rounded half to even. Errors: `wrong_number`, `number_too_large`.
Result<Units> read_number(std::string_view text, int scale, double multiplier = 1);

// Of the day of a time; the second is set when the cell has a time of day.
struct DateCell {
  Day day = 0;
  std::optional<std::int64_t> milliseconds_of_day;
  std::optional<Instant> instant;  // when the cell names a zone
};

// "2025-03-05", "2025/3/5", "2025.3.5", "20250305", "2025年3月5日", "5-Mar-2025", "3/5/2025 8:26"
// by `format` ("" = guessed; "dmy", "mdy", "ymd"), Excel serials (45721, 45721.35), with times and
// zones. Errors: `wrong_date`, `no_such_date`.
Result<DateCell> read_date(std::string_view text, std::string_view format = {});

// Keys are trimmed and kept as text; a spreadsheet's "17850.0" becomes "17850", leading zeros stay.
std::string_view read_key(std::string_view text);

Result<bool> read_boolean(std::string_view text);  // 是/否, 有/无, true/false, yes/no, 1/0, Y/N

}  // namespace linchpin::tabular
