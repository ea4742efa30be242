#pragma once

// How a workbook shows its numbers: which of them are dates or times, and their texts.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "jobs/tabular/zip_archive.h"

namespace linchpin::tabular {

enum class NumberKind : std::uint8_t { number, date, date_time, time };

// Of a format that every workbook has by its number.
NumberKind kind_of_builtin_format(int id);
// Of a format such as yyyy"年"m"月"d"日" or [h]:mm.
NumberKind kind_of_format(std::string_view format);

// The kinds by cell style. Without such a part every number is a number.
Result<std::vector<NumberKind>> read_styles(ZipArchive& archive, const std::string& part);

// "2025-03-05", "2025-03-05 08:26:00", "27:30:00". False when the serial is no date: it then is
// shown as a number.
bool append_serial(std::string& out, double serial, NumberKind kind, bool since_1904);

// The number as a person sees it: "17850.0" → "17850", at most 15 digits, without exponent where
// that stays short. What is no number is appended as it is.
void append_number(std::string& out, std::string_view number);

}  // namespace linchpin::tabular
