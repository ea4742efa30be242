#include "records/formula/formula.h"
#include "records/formula/functions.h"

namespace linchpin::formula {

namespace {

constexpr Number day_in_milliseconds{milliseconds_per_day, 0};
constexpr Day max_day = 4'000'000;  // far beyond the calendar, within Day

Value plus_days(const Value& time, const Value& days) {
  const auto* number = std::get_if<Number>(&days);
  if (!number) return {};
  if (const auto* date = std::get_if<Date>(&time)) {
    const auto sum = add(Number{date->day, 0}, *number);
    const auto day = sum ? rounded(*sum, 0, Rounding::floor) : std::nullopt;
    const auto fitted = day ? whole(*day) : std::nullopt;
    if (!fitted || *fitted > max_day || *fitted < -max_day) return {};
    return Date{static_cast<Day>(*fitted)};
  }
  if (const auto* moment = std::get_if<Moment>(&time)) {
    const auto step = multiply(*number, day_in_milliseconds);
    const auto sum = step ? add(Number{moment->at, 0}, *step) : std::nullopt;
    const auto at = sum ? units_at(*sum, 0) : std::nullopt;
    constexpr Instant limit = Instant{max_day} * milliseconds_per_day;
    if (!at || *at > limit || *at < -limit) return {};
    return Moment{*at};
  }
  return {};
}

Value negated(const Value& value) {
  const auto* number = std::get_if<Number>(&value);
  return number ? number_value(subtract(Number(), *number)) : Value();
}

bool is_time(const Value& value) {
  return std::holds_alternative<Date>(value) || std::holds_alternative<Moment>(value);
}

Value difference(const Value& left, const Value& right) {
  if (is_time(left) && is_time(right)) {
    if (const auto* date = std::get_if<Date>(&left)) {
      return Number{WideUnits{date->day} - std::get<Date>(right).day, 0};
    }
    const WideUnits gap = WideUnits{std::get<Moment>(left).at} - std::get<Moment>(right).at;
    return number_value(divide(Number{gap, 0}, day_in_milliseconds));
  }
  if (is_time(left)) return plus_days(left, negated(right));
  const auto* a = std::get_if<Number>(&left);
  const auto* b = std::get_if<Number>(&right);
  return a && b ? number_value(subtract(*a, *b)) : Value();
}

Value sum(const Value& left, const Value& right) {
  if (is_time(left)) return plus_days(left, right);
  if (is_time(right)) return plus_days(right, left);
  const auto* a = std::get_if<Number>(&left);
  const auto* b = std::get_if<Number>(&right);
  return a && b ? number_value(add(*a, *b)) : Value();
}

Value compared(Sign sign, const Value& left, const Value& right) {
  if (sign == Sign::eq) return equal(left, right);
  if (sign == Sign::ne) return !equal(left, right);
  const auto found = order(left, right);
  if (!found) return false;
  switch (sign) {
    case Sign::lt:
      return *found < 0;
    case Sign::lte:
      return *found <= 0;
    case Sign::gt:
      return *found > 0;
    default:
      return *found >= 0;
  }
}

Value combined(Sign sign, const Value& left, const Value& right) {
  switch (sign) {
    case Sign::plus:
      return sum(left, right);
    case Sign::minus:
      return difference(left, right);
    case Sign::join:
      return bounded_text(text_form(left) + text_form(right));
    case Sign::times:
    case Sign::over:
    case Sign::power: {
      const auto* a = std::get_if<Number>(&left);
      const auto* b = std::get_if<Number>(&right);
      if (!a || !b) return {};
      if (sign == Sign::times) return number_value(multiply(*a, *b));
      return number_value(sign == Sign::over ? divide(*a, *b) : power(*a, *b));
    }
    default:
      return compared(sign, left, right);
  }
}

Value with_sign(Sign sign, const Value& value) {
  const auto* number = std::get_if<Number>(&value);
  if (!number || sign == Sign::plus) return value;
  if (sign == Sign::percent) return number_value(divide(*number, Number{100, 0}));
  return negated(value);
}

Value value_of(const Node& node, std::span<const Value> inputs, const Frame& frame) {
  switch (node.kind) {
    case Node::Kind::literal:
      return node.literal;
    case Node::Kind::field:
      return inputs[node.input];
    case Node::Kind::unary:
      return with_sign(node.op, value_of(node.args[0], inputs, frame));
    case Node::Kind::binary:
      return combined(node.op, value_of(node.args[0], inputs, frame),
                      value_of(node.args[1], inputs, frame));
    case Node::Kind::call: {
      std::vector<Value> args;
      args.reserve(node.args.size());
      for (const Node& arg : node.args) args.push_back(value_of(arg, inputs, frame));
      return node.function->evaluate(args, frame);
    }
  }
  return {};
}

}  // namespace

Value evaluate(const Formula& formula, std::span<const Value> inputs, const Frame& frame) {
  return value_of(formula.root, inputs, frame);
}

}  // namespace linchpin::formula
