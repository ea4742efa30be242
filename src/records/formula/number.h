#pragma once

// The numbers of formulas: exact decimals of up to 38 digits, at most max_scale of them after the
// point. Sums and products are exact; a product or quotient with more digits after the point is
// rounded half to even at max_scale. What does not fit, and division by zero, has no result:
// the formula's answer is then empty.

#include <optional>
#include <string>
#include <string_view>

#include "base/decimal.h"

namespace linchpin::formula {

constexpr int max_scale = 12;
constexpr int max_exponent = 400;       // of ^
constexpr int max_rounded_places = 18;  // ROUND(x, -18)

struct Number {
  WideUnits units = 0;  // of 10^-scale
  int scale = 0;        // 0 … max_scale
};

using MaybeNumber = std::optional<Number>;

MaybeNumber add(Number a, Number b);
MaybeNumber subtract(Number a, Number b);
MaybeNumber multiply(Number a, Number b);
MaybeNumber divide(Number a, Number b);
// Takes the sign of the divisor, as in a spreadsheet.
MaybeNumber remainder(Number a, Number b);
// Whole exponents only.
MaybeNumber power(Number base, Number exponent);

// Negative, 0 or positive.
int compare(Number a, Number b);

enum class Rounding {
  half_even,
  half_away,  // 2.5 → 3, −2.5 → −3: what people expect of ROUND
  away,       // ROUNDUP
  towards,    // ROUNDDOWN: towards zero
  floor,      // INT
};
// `places` after the point; negative: before it.
MaybeNumber rounded(Number number, int places, Rounding rounding);

// In units of a field's scale, half to even; empty when a field cannot hold it.
std::optional<Units> units_at(Number number, int scale);
// The whole number, when it is one and fits.
std::optional<std::int64_t> whole(Number number);

// "-1200.5": no zeros at the end.
std::string plain_text(Number number);
// Always `places` digits after the point.
std::string fixed_text(Number number, int places);
// Reads what plain_text writes. Empty for anything else, and for too many digits.
MaybeNumber parse_number(std::string_view text);

}  // namespace linchpin::formula
