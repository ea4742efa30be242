#include <array>

#include "records/formula/functions.h"

namespace linchpin::formula {

namespace {

const Number* number_of(const Value& value) {
  return std::get_if<Number>(&value);
}

Value round_by(Arguments args, Rounding rounding) {
  const Number* number = number_of(args[0]);
  if (!number) return {};
  std::int64_t places = 0;
  if (args.size() > 1) {
    const Number* given = number_of(args[1]);
    const auto count = given ? whole(*given) : std::nullopt;
    if (!count || *count < -max_rounded_places || *count > max_scale) return {};
    places = *count;
  }
  return number_value(rounded(*number, static_cast<int>(places), rounding));
}

Value round(Arguments args, const Frame&) {
  return round_by(args, Rounding::half_away);
}
Value round_up(Arguments args, const Frame&) {
  return round_by(args, Rounding::away);
}
Value round_down(Arguments args, const Frame&) {
  return round_by(args, Rounding::towards);
}
Value whole_below(Arguments args, const Frame&) {
  return round_by(args, Rounding::floor);
}

Value magnitude(Arguments args, const Frame&) {
  const Number* number = number_of(args[0]);
  if (!number || number->units >= 0) return args[0];
  return number_value(subtract(Number(), *number));
}

Value modulo(Arguments args, const Frame&) {
  const Number* number = number_of(args[0]);
  const Number* divisor = number_of(args[1]);
  if (!number || !divisor) return {};
  return number_value(remainder(*number, *divisor));
}

// Blanks are left out; nothing but blanks has no extreme.
Value extreme(Arguments args, int wanted) {
  Value found;
  for (const Value& value : args) {
    if (is_blank(value)) continue;
    if (is_blank(found) || order(value, found) == wanted) found = value;
  }
  return found;
}

Value least(Arguments args, const Frame&) {
  return extreme(args, -1);
}
Value greatest(Arguments args, const Frame&) {
  return extreme(args, 1);
}

constexpr std::array functions_of_number{
    Function{"ROUND", "number", "nn", 1, 2, Answer::number, When::stored, round},
    Function{"ROUNDUP", "number", "nn", 1, 2, Answer::number, When::stored, round_up},
    Function{"ROUNDDOWN", "number", "nn", 1, 2, Answer::number, When::stored, round_down},
    Function{"INT", "number", "n", 1, 1, Answer::number, When::stored, whole_below},
    Function{"ABS", "number", "n", 1, 1, Answer::number, When::stored, magnitude},
    Function{"MOD", "number", "nn", 2, 2, Answer::number, When::stored, modulo},
    Function{"MIN", "number", "a", 1, max_arguments, Answer::of_first, When::stored, least},
    Function{"MAX", "number", "a", 1, max_arguments, Answer::of_first, When::stored, greatest},
};

}  // namespace

std::span<const Function> number_functions() {
  return functions_of_number;
}

}  // namespace linchpin::formula
