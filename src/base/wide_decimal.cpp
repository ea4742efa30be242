#include "base/wide_decimal.h"

#include <algorithm>

namespace linchpin {

namespace {

constexpr std::size_t max_digits = 38;  // of 128 bits

}  // namespace

std::string format_wide_decimal(WideUnits value, int scale) {
  const bool negative = value < 0;
  std::string digits;
  for (WideUnits rest = value; rest != 0; rest /= 10) {
    const int digit = static_cast<int>(rest % 10);
    digits += static_cast<char>('0' + (digit < 0 ? -digit : digit));
  }
  const auto places = static_cast<std::size_t>(scale);
  if (digits.size() <= places) digits.append(places + 1 - digits.size(), '0');
  std::reverse(digits.begin(), digits.end());
  if (places > 0) digits.insert(digits.size() - places, 1, '.');
  return negative ? "-" + digits : digits;
}

Result<WideUnits> parse_wide_units(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const bool all_digits =
      std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (text.empty() || !all_digits) return Error::of(ErrorCode::validation_failed, "wrong_number");
  if (text.size() > max_digits) return Error::of(ErrorCode::validation_failed, "number_too_large");
  WideUnits value = 0;
  for (const char digit : text) value = value * 10 + (digit - '0');
  return negative ? -value : value;
}

}  // namespace linchpin
