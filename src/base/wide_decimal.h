#pragma once

// Sums of decimals: they may exceed what one decimal holds, and stay exact.

#include <string>
#include <string_view>

#include "base/decimal.h"

namespace linchpin {

// As format_decimal, of any size.
std::string format_wide_decimal(WideUnits value, int scale);

// Digits with or without a minus, as a database writes a sum; at most 38 of them.
// Errors: `wrong_number`, `number_too_large`.
Result<WideUnits> parse_wide_units(std::string_view text);

}  // namespace linchpin
