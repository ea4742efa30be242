#include "base/decimal.h"

#include <array>
#include <cassert>
#include <cmath>
#include <limits>

namespace linchpin {
namespace {

constexpr int max_drop = 36;
constexpr WideUnits max_units = std::numeric_limits<Units>::max();
constexpr WideUnits min_units = std::numeric_limits<Units>::min();

Error wrong_number() {
  return Error::of(ErrorCode::validation_failed, "wrong_number");
}

Error number_too_large() {
  return Error::of(ErrorCode::validation_failed, "number_too_large");
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool all_digits(std::string_view text) {
  for (const char c : text) {
    if (!is_digit(c)) return false;
  }
  return true;
}

struct Parts {
  bool negative = false;
  std::string_view whole;
  std::string_view fraction;
};

Result<Parts> split(std::string_view text) {
  Parts parts;
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    parts.negative = text.front() == '-';
    text.remove_prefix(1);
  }
  const std::size_t point = text.find('.');
  parts.whole = text.substr(0, point);
  if (point != std::string_view::npos) {
    parts.fraction = text.substr(point + 1);
    if (parts.fraction.empty()) return wrong_number();
  }
  if (parts.whole.empty() && parts.fraction.empty()) return wrong_number();
  if (!all_digits(parts.whole) || !all_digits(parts.fraction)) return wrong_number();
  return parts;
}

// False as soon as the value is beyond what any Units can hold.
bool append_digit(WideUnits& magnitude, int digit) {
  magnitude = magnitude * 10 + digit;
  return magnitude <= max_units + 1;
}

// The magnitude of the number without the digits that are beyond `scale`.
Result<WideUnits> magnitude_of(const Parts& parts, int scale) {
  WideUnits magnitude = 0;
  for (const char c : parts.whole) {
    if (!append_digit(magnitude, c - '0')) return number_too_large();
  }
  for (std::size_t i = 0; i < static_cast<std::size_t>(scale); ++i) {
    const int digit = i < parts.fraction.size() ? parts.fraction[i] - '0' : 0;
    if (!append_digit(magnitude, digit)) return number_too_large();
  }
  return magnitude;
}

std::string_view surplus_digits(const Parts& parts, int scale) {
  const auto kept = static_cast<std::size_t>(scale);
  return parts.fraction.size() > kept ? parts.fraction.substr(kept) : std::string_view();
}

bool rounds_up(WideUnits magnitude, std::string_view surplus) {
  if (surplus.empty() || surplus.front() < '5') return false;
  if (surplus.front() > '5') return true;
  if (surplus.find_first_not_of('0', 1) != std::string_view::npos) return true;
  return magnitude % 2 != 0;
}

}  // namespace

Result<Units> parse_decimal(std::string_view text, int scale) {
  assert(scale >= 0 && scale <= max_decimal_scale);
  LP_TRY(const Parts parts, split(text));
  if (surplus_digits(parts, scale).find_first_not_of('0') != std::string_view::npos) {
    return Error::of(ErrorCode::validation_failed, "too_precise",
                     {{"scale", std::to_string(scale)}});
  }
  LP_TRY(const WideUnits magnitude, magnitude_of(parts, scale));
  return narrow(parts.negative ? -magnitude : magnitude);
}

Result<Units> parse_decimal_rounded(std::string_view text, int scale) {
  assert(scale >= 0 && scale <= max_decimal_scale);
  LP_TRY(const Parts parts, split(text));
  LP_TRY(WideUnits magnitude, magnitude_of(parts, scale));
  if (rounds_up(magnitude, surplus_digits(parts, scale))) ++magnitude;
  return narrow(parts.negative ? -magnitude : magnitude);
}

void append_decimal(std::string& out, Units value, int scale) {
  assert(scale >= 0 && scale <= max_decimal_scale);
  // 19 digits, the point, the sign and the zero before the point.
  std::array<char, 24> buffer;
  std::size_t begin = buffer.size();
  auto rest = static_cast<std::uint64_t>(value);
  if (value < 0) rest = 0 - rest;
  int digits = 0;
  while (rest != 0 || digits <= scale) {
    if (digits == scale && scale > 0) buffer[--begin] = '.';
    buffer[--begin] = static_cast<char>('0' + rest % 10);
    rest /= 10;
    ++digits;
  }
  if (value < 0) buffer[--begin] = '-';
  out.append(buffer.data() + begin, buffer.size() - begin);
}

std::string format_decimal(Units value, int scale) {
  std::string text;
  append_decimal(text, value, scale);
  return text;
}

WideUnits round_half_even(WideUnits value, int drop) {
  assert(drop >= 0 && drop <= max_drop);
  WideUnits divisor = 1;
  for (int i = 0; i < drop; ++i) divisor *= 10;
  return divide_half_even(value, divisor);
}

WideUnits divide_half_even(WideUnits numerator, WideUnits denominator) {
  assert(denominator > 0);
  const WideUnits quotient = numerator / denominator;
  const WideUnits remainder = numerator % denominator;
  const WideUnits distance = remainder < 0 ? -remainder : remainder;
  const WideUnits to_next = denominator - distance;
  if (distance < to_next || (distance == to_next && quotient % 2 == 0)) return quotient;
  return numerator < 0 ? quotient - 1 : quotient + 1;
}

Result<Units> narrow(WideUnits value) {
  if (value < min_units || value > max_units) return number_too_large();
  return static_cast<Units>(value);
}

Units units_from_double(double value, int scale) {
  assert(std::isfinite(value));
  assert(scale >= 0 && scale <= max_decimal_scale);
  // 2^63: the first double that is too large.
  constexpr double end = 9223372036854775808.0;
  const double scaled = std::nearbyint(value * static_cast<double>(power_of_ten(scale)));
  if (scaled >= end) return std::numeric_limits<Units>::max();
  if (scaled < -end) return std::numeric_limits<Units>::min();
  return static_cast<Units>(scaled);
}

}  // namespace linchpin
