#include "records/formula/value.h"

#include "base/text.h"

namespace linchpin::formula {

std::string_view type_name(Type type) {
  switch (type) {
    case Type::nothing:
      return "null";
    case Type::number:
      return "number";
    case Type::text:
      return "text";
    case Type::boolean:
      return "boolean";
    case Type::date:
      return "date";
    case Type::datetime:
      return "datetime";
  }
  return "null";
}

std::string text_form(const Value& value) {
  if (const auto* number = std::get_if<Number>(&value)) return plain_text(*number);
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "TRUE" : "FALSE";
  if (const auto* date = std::get_if<Date>(&value)) return format_date(date->day);
  if (const auto* moment = std::get_if<Moment>(&value)) return format_instant(moment->at);
  return {};
}

std::optional<int> order(const Value& a, const Value& b) {
  if (is_blank(a) || is_blank(b) || a.index() != b.index()) return {};
  const auto sign = [](const auto& left, const auto& right) {
    return left < right ? -1 : (right < left ? 1 : 0);
  };
  if (const auto* number = std::get_if<Number>(&a)) return compare(*number, std::get<Number>(b));
  if (const auto* text = std::get_if<std::string>(&a)) {
    return sign(fold(*text), fold(std::get<std::string>(b)));
  }
  if (const auto* flag = std::get_if<bool>(&a)) return sign(int{*flag}, int{std::get<bool>(b)});
  if (const auto* date = std::get_if<Date>(&a)) return sign(date->day, std::get<Date>(b).day);
  return sign(std::get<Moment>(a).at, std::get<Moment>(b).at);
}

bool equal(const Value& a, const Value& b) {
  if (is_blank(a) || is_blank(b)) return is_blank(a) && is_blank(b);
  return order(a, b) == 0;
}

std::optional<Day> day_of(const Value& value, const Frame& frame) {
  if (const auto* date = std::get_if<Date>(&value)) return date->day;
  if (const auto* moment = std::get_if<Moment>(&value)) {
    return frame.time_zone->local_day(moment->at);
  }
  return {};
}

}  // namespace linchpin::formula
