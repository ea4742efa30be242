#include "records/formula/number.h"

#include <algorithm>

namespace linchpin::formula {

namespace {

constexpr int max_power = 38;  // 10^38 is the last one that 128 bits hold

WideUnits wide_power(int exponent) {
  WideUnits power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

// Without zeros at the end, so that less of the room is used.
Number shortest(Number number) {
  while (number.scale > 0 && number.units % 10 == 0) {
    number.units /= 10;
    --number.scale;
  }
  return number;
}

std::optional<WideUnits> scaled_up(Number number, int scale) {
  WideUnits units = 0;
  if (__builtin_mul_overflow(number.units, wide_power(scale - number.scale), &units)) return {};
  return units;
}

struct Aligned {
  WideUnits a, b;
  int scale;
};

std::optional<Aligned> align(Number a, Number b) {
  a = shortest(a);
  b = shortest(b);
  const int scale = std::max(a.scale, b.scale);
  const auto left = scaled_up(a, scale);
  const auto right = scaled_up(b, scale);
  if (!left || !right) return {};
  return Aligned{*left, *right, scale};
}

int sign(WideUnits units) {
  return units < 0 ? -1 : (units > 0 ? 1 : 0);
}

WideUnits divide_rounded(WideUnits value, WideUnits divisor, Rounding rounding) {
  const WideUnits quotient = value / divisor;
  const WideUnits rest = value % divisor;
  if (rest == 0) return quotient;
  const WideUnits next = quotient + (value < 0 ? -1 : 1);
  switch (rounding) {
    case Rounding::half_even:
      return divide_half_even(value, divisor);
    case Rounding::half_away: {
      const WideUnits distance = rest < 0 ? -rest : rest;
      return distance >= divisor - distance ? next : quotient;
    }
    case Rounding::away:
      return next;
    case Rounding::towards:
      return quotient;
    case Rounding::floor:
      return value < 0 ? next : quotient;
  }
  return quotient;
}

}  // namespace

MaybeNumber add(Number a, Number b) {
  const auto sides = align(a, b);
  WideUnits sum = 0;
  if (!sides || __builtin_add_overflow(sides->a, sides->b, &sum)) return {};
  return Number{sum, sides->scale};
}

MaybeNumber subtract(Number a, Number b) {
  const auto sides = align(a, b);
  WideUnits difference = 0;
  if (!sides || __builtin_sub_overflow(sides->a, sides->b, &difference)) return {};
  return Number{difference, sides->scale};
}

MaybeNumber multiply(Number a, Number b) {
  a = shortest(a);
  b = shortest(b);
  WideUnits product = 0;
  if (__builtin_mul_overflow(a.units, b.units, &product)) return {};
  const int scale = a.scale + b.scale;
  if (scale <= max_scale) return Number{product, scale};
  return Number{round_half_even(product, scale - max_scale), max_scale};
}

MaybeNumber divide(Number a, Number b) {
  if (b.units == 0) return {};
  a = shortest(a);
  b = shortest(b);
  if (b.units < 0) {
    if (__builtin_sub_overflow(WideUnits{0}, a.units, &a.units) ||
        __builtin_sub_overflow(WideUnits{0}, b.units, &b.units)) {
      return {};
    }
  }
  // As many digits as fit: a quotient of very large numbers has fewer after the point.
  for (int scale = max_scale; scale >= 0; --scale) {
    const int shift = scale - a.scale + b.scale;
    WideUnits numerator = 0;
    if (shift < 0 || __builtin_mul_overflow(a.units, wide_power(shift), &numerator)) continue;
    return Number{divide_half_even(numerator, b.units), scale};
  }
  return {};
}

MaybeNumber remainder(Number a, Number b) {
  const auto sides = align(a, b);
  if (!sides || sides->b == 0) return {};
  if (sides->b == -1) return Number{0, sides->scale};
  WideUnits rest = sides->a % sides->b;
  if (rest != 0 && sign(rest) != sign(sides->b)) rest += sides->b;
  return Number{rest, sides->scale};
}

MaybeNumber power(Number base, Number exponent) {
  const auto count = whole(exponent);
  if (!count || *count > max_exponent || *count < -max_exponent) return {};
  MaybeNumber result = Number{1, 0};
  for (std::int64_t i = 0; result && i < (*count < 0 ? -*count : *count); ++i) {
    result = multiply(*result, base);
  }
  if (!result || *count >= 0) return result;
  return divide(Number{1, 0}, *result);
}

int compare(Number a, Number b) {
  if (const auto sides = align(a, b)) {
    return sides->a < sides->b ? -1 : (sides->a > sides->b ? 1 : 0);
  }
  // One of them is too large to be written with the other's digits.
  if (sign(a.units) != sign(b.units)) return sign(a.units) < sign(b.units) ? -1 : 1;
  a = shortest(a);
  b = shortest(b);
  const bool a_is_longer = !scaled_up(a, std::max(a.scale, b.scale));
  return a_is_longer ? sign(a.units) : -sign(b.units);
}

MaybeNumber rounded(Number number, int places, Rounding rounding) {
  if (places >= number.scale) return number;
  places = std::max(places, -max_rounded_places);
  const WideUnits units = divide_rounded(number.units, wide_power(number.scale - places), rounding);
  if (places >= 0) return Number{units, places};
  WideUnits restored = 0;
  if (__builtin_mul_overflow(units, wide_power(-places), &restored)) return {};
  return Number{restored, 0};
}

std::optional<Units> units_at(Number number, int scale) {
  const auto fitted = rounded(number, scale, Rounding::half_even);
  const auto units = fitted ? scaled_up(*fitted, std::max(scale, fitted->scale)) : std::nullopt;
  if (!units) return {};
  const auto narrowed = narrow(*units);
  if (!narrowed) return {};
  return *narrowed;
}

std::optional<std::int64_t> whole(Number number) {
  number = shortest(number);
  if (number.scale != 0) return {};
  return units_at(number, 0);
}

std::string fixed_text(Number number, int places) {
  number = rounded(number, places, Rounding::half_away).value_or(Number());
  std::string digits;
  WideUnits rest = number.units;
  // Digits are taken from negative numbers, because the lowest one has no positive twin.
  if (rest > 0) rest = -rest;
  while (rest != 0 || digits.size() <= static_cast<std::size_t>(number.scale)) {
    digits += static_cast<char>('0' - static_cast<int>(rest % 10));
    rest /= 10;
  }
  if (number.units < 0) digits += '-';
  std::reverse(digits.begin(), digits.end());
  if (places <= 0) return digits;
  const auto point = digits.size() - static_cast<std::size_t>(number.scale);
  std::string text = digits.substr(0, point) + "." + digits.substr(point);
  text.append(static_cast<std::size_t>(places - number.scale), '0');
  return text;
}

std::string plain_text(Number number) {
  number = shortest(number);
  return fixed_text(number, number.scale);
}

MaybeNumber parse_number(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  Number number;
  bool after_point = false;
  int digits = 0;
  for (const char c : text) {
    if (c == '.' && !after_point) {
      after_point = true;
      continue;
    }
    if (c < '0' || c > '9' || ++digits > max_power - 1) return {};
    if (after_point && ++number.scale > max_scale) return {};
    number.units = number.units * 10 + (c - '0');
  }
  if (digits == 0 || text.ends_with('.')) return {};
  if (negative) number.units = -number.units;
  return number;
}

}  // namespace linchpin::formula
