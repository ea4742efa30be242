#include "jobs/imports/cell_reader.h"

#include "base/text.h"
#include "jobs/tabular/cell_value.h"

namespace linchpin::imports {

using records::Field;
using records::FieldType;
using records::Value;

namespace {

constexpr std::string_view list_separators = ",;|\n";

auto wrong(std::string code, ErrorParams params = {}) {
  return tl::unexpected(CellProblem{std::move(code), std::move(params)});
}

auto wrong(const Error& error) {
  return wrong(error.detail, error.params);
}

CellValue read_text(const Field& field, std::string_view text) {
  if (field.unique) text = tabular::read_key(text);
  // A text of so many bytes cannot have more characters.
  if (field.max_length > 0 && text.size() > field.max_length &&
      code_points(text) > field.max_length) {
    return wrong("too_long", {{"max", std::to_string(field.max_length)}});
  }
  return Value(std::string(text));
}

// What the schema itself says of a value: addresses, phone numbers, ranges.
CellValue by_schema(const Field& field, const json::value& json) {
  auto value = records::read_value(field, json);
  if (!value) return wrong(std::move(value.error().code), std::move(value.error().params));
  return std::move(*value);
}

CellValue read_number(const CellPlan& plan, std::string_view text) {
  double multiplier = plan.multiplier;
  if (plan.field->type == FieldType::percent && (text.ends_with("%") || text.ends_with("％"))) {
    multiplier = percent_of_fraction;
  }
  const auto units = tabular::read_number(text, plan.field->scale, multiplier);
  if (!units) return wrong(units.error());
  return Value(*units);
}

CellValue read_integer(const CellPlan& plan, std::string_view text) {
  // Read finer than wanted, so that 2.5 pieces are refused and not rounded.
  constexpr int fraction_digits = 2;
  const auto units = tabular::read_number(text, fraction_digits, plan.multiplier);
  if (!units) return wrong(units.error());
  if (*units % power_of_ten(fraction_digits) != 0) return wrong("too_precise", {{"scale", "0"}});
  const std::int64_t number = *units / power_of_ten(fraction_digits);
  return by_schema(*plan.field, json::value(number));
}

// A report does not tell what the record would seal.
CellValue no_such_option(const CellPlan& plan, std::string_view text) {
  const bool personal = plan.field->sensitivity == records::Sensitivity::personal;
  return wrong("no_such_option", {{"value", personal ? "…" : std::string(text)}});
}

CellValue read_option(const CellPlan& plan, std::string_view text) {
  const auto option = plan.options.find(fold(text));
  if (option == plan.options.end()) return no_such_option(plan, text);
  return Value(option->second);
}

CellValue read_options(const CellPlan& plan, std::string_view text) {
  json::array keys;
  while (!text.empty()) {
    std::size_t end = text.find_first_of(list_separators);
    std::size_t width = 1;
    for (const std::string_view wide : {"，", "、", "；"}) {
      if (const std::size_t at = text.find(wide); at < end) {
        end = at;
        width = wide.size();
      }
    }
    const std::string_view one = trim(text.substr(0, end));
    text.remove_prefix(end == text.npos ? text.size() : end + width);
    if (one.empty()) continue;
    auto key = read_option(plan, one);
    if (!key) return key;
    keys.emplace_back(records::text_of(*key));
  }
  return by_schema(*plan.field, keys);
}

}  // namespace

CellValue read_moment(FieldType type, std::string_view text, std::string_view format,
                      const TimeZone& zone) {
  const auto cell = tabular::read_date(text, format);
  if (!cell) return wrong(cell.error());
  if (type == FieldType::datetime) {
    if (cell->instant) return Value(*cell->instant);
    return Value(zone.instant_of(cell->day, cell->milliseconds_of_day.value_or(0)));
  }
  const Day day = cell->instant ? zone.local_day(*cell->instant) : cell->day;
  return Value(std::int64_t{day});
}

CellValue read_cell(const CellPlan& plan, std::string_view text, const TimeZone& zone) {
  const Field& field = *plan.field;
  text = trim(text);
  switch (field.type) {
    case FieldType::text:
    case FieldType::long_text:
    case FieldType::autonumber:
      return read_text(field, text);
    case FieldType::integer:
    case FieldType::rating:
      return read_integer(plan, text);
    case FieldType::decimal:
    case FieldType::percent:
    case FieldType::money:
      return read_number(plan, text);
    case FieldType::boolean: {
      const auto truth = tabular::read_boolean(text);
      if (!truth) return wrong(truth.error());
      return Value(std::int64_t{*truth});
    }
    case FieldType::date:
    case FieldType::datetime:
      return read_moment(field.type, text, plan.format, zone);
    case FieldType::select:
      return read_option(plan, text);
    case FieldType::multi_select:
      return read_options(plan, text);
    default:
      return by_schema(field, json::value(text));
  }
}

Value convert_value(const Field& from, const Value& value, const Field& to, const TimeZone& zone) {
  if (records::is_empty(value)) return {};
  if (from.type == FieldType::date && to.type == FieldType::datetime) {
    return zone.start_of_day(static_cast<Day>(records::integer_of(value)));
  }
  if (from.type == FieldType::datetime && to.type == FieldType::date) {
    return std::int64_t{zone.local_day(records::integer_of(value))};
  }
  const bool both_links = from.is_link() && to.is_link() && from.target == to.target;
  const bool both_texts = from.is_text() && to.is_text();
  const bool same = from.type == to.type && from.scale == to.scale && from.many == to.many;
  return both_links || both_texts || same ? value : Value();
}

}  // namespace linchpin::imports
