#include "records/convert.h"

#include <array>

#include "base/text.h"

namespace linchpin::records {

namespace {

using Converted = tl::expected<Value, FieldProblem>;

tl::unexpected<FieldProblem> does_not_convert(const Field& to) {
  return tl::unexpected(
      FieldProblem{{}, {}, "does_not_convert", {{"type", std::string(type_name(to.type))}}});
}

json::value api_form(const Field& field, const Value& value) {
  JsonWriter out;
  write_value(out, field, value);
  auto read = parse_json(out.text());
  return read ? std::move(*read) : json::value();
}

// How a person would write it.
std::string plain_text(const json::value& value) {
  if (value.is_string()) return std::string(value.get_string());
  if (value.is_bool()) return value.get_bool() ? "true" : "false";
  const json::array* list = value.if_array();
  if (!list) return json::serialize(value);
  std::string text;
  for (const json::value& item : *list) {
    if (!text.empty()) text += ", ";
    text += plain_text(item);
  }
  return text;
}

// "1,200.50" and "１２" → "1200.50" and "12"; zeros at the end of a fraction say nothing.
std::string plain_number(const json::value& value) {
  std::string text = fold(trim(plain_text(value)));
  std::erase(text, ',');
  if (text.find('.') == text.npos) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

Converted to_boolean(const Field& to, const json::value& value) {
  constexpr std::array yes{"true", "yes", "y", "1", "是"};
  constexpr std::array no{"false", "no", "n", "0", "否"};
  const std::string text = fold(trim(plain_text(value)));
  if (std::find(yes.begin(), yes.end(), text) != yes.end()) return Value(std::int64_t{1});
  if (std::find(no.begin(), no.end(), text) != no.end()) return Value(std::int64_t{0});
  return does_not_convert(to);
}

Converted to_integer(const Field& to, const json::value& value) {
  const auto number = parse_decimal(plain_number(value), 0);
  if (!number) return does_not_convert(to);
  return read_value(to, json::value(*number));
}

// Option keys and their labels in both languages.
json::value option_of(const Field& to, const json::value& value) {
  const std::string text = fold(trim(plain_text(value)));
  for (const Option& option : to.options) {
    const bool meant = fold(option.key) == text || fold(option.label.zh_cn) == text ||
                       fold(option.label.en) == text;
    if (meant) return json::value(option.key);
  }
  return value;
}

json::array items_of(const json::value& value) {
  if (value.is_array()) return value.get_array();
  json::array items;
  if (!value.is_string()) return {value};
  std::string_view rest = value.get_string();
  while (!rest.empty()) {
    const auto end = std::min(rest.find_first_of(",;"), rest.size());
    const std::string_view item = trim(rest.substr(0, end));
    if (!item.empty()) items.push_back(json::string(item));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return items;
}

Converted to_list(const Field& to, const json::value& value) {
  json::array items;
  for (const json::value& item : items_of(value)) {
    items.push_back(to.is_link() ? item : option_of(to, item));
  }
  return read_value(to, json::value(std::move(items)));
}

}  // namespace

Converted convert_value(const Field& from, const Field& to, const Value& value,
                        const TimeZone& zone) {
  if (from.type == FieldType::datetime && to.type == FieldType::date) {
    return Value(std::int64_t{zone.local_day(integer_of(value))});
  }
  if (from.type == FieldType::date && to.type == FieldType::datetime) {
    return Value(zone.start_of_day(static_cast<Day>(integer_of(value))));
  }
  if (from.is_link() != to.is_link() || (from.is_link() && from.target != to.target)) {
    return does_not_convert(to);
  }
  const json::value given = api_form(from, value);
  if (to.many || to.type == FieldType::multi_select) return to_list(to, given);
  if (given.is_array() && given.get_array().size() == 1 && !to.is_text()) {
    return read_value(to, given.get_array().front());
  }
  if (to.is_text()) return read_value(to, json::value(plain_text(given)));
  if (to.is_scaled()) return read_value(to, json::value(plain_number(given)));
  if (to.type == FieldType::integer || to.type == FieldType::rating) return to_integer(to, given);
  if (to.type == FieldType::boolean) return to_boolean(to, given);
  if (to.type == FieldType::select) return read_value(to, option_of(to, given));
  return read_value(to, given);
}

}  // namespace linchpin::records
