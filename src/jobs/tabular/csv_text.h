#pragma once

// CSV as spreadsheets open it: UTF-8 with a byte order mark, without which they take it for another
// encoding, and lines that end with CRLF.

#include <string>
#include <string_view>

namespace linchpin::tabular {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view csv_line_end = "\r\n";

// One cell. A text that a spreadsheet would work out as a formula begins with an apostrophe; a
// number stays a number.
void append_csv_cell(std::string& out, std::string_view text);

}  // namespace linchpin::tabular
