#include "jobs/tabular/csv_text.h"

#include <algorithm>
#include <array>

#include "base/decimal.h"
#include "jobs/tabular/cell_value.h"

namespace linchpin::tabular {

namespace {

// What begins a formula, also in the full width in which Chinese input writes it.
constexpr std::array formula_signs{"=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"};

// "-5" is a number; "-5+A1" a spreadsheet would work out.
bool is_formula(std::string_view text) {
  const bool begins = std::any_of(formula_signs.begin(), formula_signs.end(),
                                  [&](const char* sign) { return text.starts_with(sign); });
  return begins && !read_number(text, max_decimal_scale);
}

}  // namespace

void append_csv_cell(std::string& out, std::string_view text) {
  const bool quoted = text.find_first_of(",\"\r\n") != std::string_view::npos;
  if (quoted) out += '"';
  if (is_formula(text)) out += '\'';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  if (quoted) out += '"';
}

}  // namespace linchpin::tabular
