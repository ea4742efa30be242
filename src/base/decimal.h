#pragma once

// Exact decimals: a 64-bit integer that counts units of 10^-scale. The scale belongs to the field,
// never to the value. Products are formed in 128 bits and rounded half to even.

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace linchpin {

constexpr int max_decimal_scale = 6;

using Units = std::int64_t;  // of 10^-scale
using WideUnits = __int128;

constexpr Units power_of_ten(int exponent) {
  Units power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

// Reads "-1234.5", "+3", ".5". More digits after the point than `scale` are an error unless they
// are zeros. Errors: `wrong_number`, `too_precise` {scale}, `number_too_large`.
Result<Units> parse_decimal(std::string_view text, int scale);

// As parse_decimal, but rounds surplus digits half to even; for figures that other systems wrote.
Result<Units> parse_decimal_rounded(std::string_view text, int scale);

// Always `scale` digits after the point: format_decimal(120000, 2) = "1200.00".
std::string format_decimal(Units value, int scale);
void append_decimal(std::string& out, Units value, int scale);

// value / 10^drop, rounded half to even. `drop` in [0, 36].
WideUnits round_half_even(WideUnits value, int drop);
// numerator / denominator, rounded half to even. The denominator is positive.
WideUnits divide_half_even(WideUnits numerator, WideUnits denominator);

// Error: `number_too_large`.
Result<Units> narrow(WideUnits value);

// Nearest unit of a figure computed in double precision (a decayed value), half to even; beyond
// the range of Units the end of the range. Finite values only.
Units units_from_double(double value, int scale);

}  // namespace linchpin
