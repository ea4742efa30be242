#include "records/row.h"

#include <cassert>

#include "base/date.h"
#include "base/text.h"

namespace linchpin::records {

namespace {

using Read = tl::expected<Value, FieldProblem>;

constexpr std::size_t max_list_items = 1'000;
constexpr std::int64_t max_rating = 5;
// Integers beyond it lose digits in JavaScript.
constexpr std::int64_t max_integer = 9'007'199'254'740'991;

tl::unexpected<FieldProblem> problem(std::string code, ErrorParams params = {}) {
  return tl::unexpected(FieldProblem{{}, {}, std::move(code), std::move(params)});
}

tl::unexpected<FieldProblem> wrong_type(const Field& field) {
  return problem("wrong_type", {{"expected", std::string(type_name(field.type))}});
}

tl::unexpected<FieldProblem> problem_of(const Error& error) {
  return problem(error.detail, error.params);
}

bool looks_like_email(std::string_view text) {
  const auto at = text.find('@');
  return at != std::string_view::npos && at > 0 && text.find('@', at + 1) == text.npos &&
         text.find('.', at) != text.npos && text.back() != '.' &&
         text.find_first_of(" \t\r\n,;<>") == text.npos;
}

bool looks_like_url(std::string_view text) {
  return text.starts_with("http://") || text.starts_with("https://");
}

Read read_text(const Field& field, std::string_view text) {
  if (text.find('\0') != text.npos) return problem("null_character");
  const std::string_view cut = field.type == FieldType::long_text ? text : linchpin::trim(text);
  if (cut.empty()) return Value();
  if (code_points(cut) > field.max_length) {
    return problem("too_long", {{"max", std::to_string(field.max_length)}});
  }
  if (field.type == FieldType::email && !looks_like_email(cut)) return problem("wrong_email");
  if (field.type == FieldType::url && !looks_like_url(cut)) return problem("wrong_url");
  return Value(std::string(cut));
}

Read read_integer(const Field& field, const json::value& json) {
  const bool rating = field.type == FieldType::rating;
  const std::int64_t lowest = rating ? 0 : -max_integer;
  const std::int64_t highest = rating ? max_rating : max_integer;
  if (!json.is_int64()) return wrong_type(field);
  const std::int64_t number = json.as_int64();
  if (number < lowest || number > highest) {
    return problem("out_of_range",
                   {{"min", std::to_string(lowest)}, {"max", std::to_string(highest)}});
  }
  return Value(number);
}

Read read_scaled(const Field& field, const json::value& json) {
  // Whole numbers are exact in JSON; fractions must come as text.
  std::string text;
  if (json.is_string()) {
    text = json.as_string();
  } else if (json.is_int64()) {
    text = std::to_string(json.as_int64());
  } else {
    return wrong_type(field);
  }
  auto units = parse_decimal(text, field.scale);
  if (!units) return problem_of(units.error());
  return Value(*units);
}

Read read_option(const Field& field, const json::value& json) {
  if (!json.is_string()) return wrong_type(field);
  const std::string_view key(json.as_string());
  if (!field.option(key)) return problem("no_such_option", {{"value", std::string(key)}});
  return Value(std::string(key));
}

// Options in the order of the field, ids in their own order: equal sets are equal texts.
Read read_list(const Field& field, const json::value& json) {
  if (!json.is_array()) return wrong_type(field);
  const json::array& items = json.as_array();
  if (items.empty()) return Value();
  if (items.size() > max_list_items) {
    return problem("too_many_values", {{"max", std::to_string(max_list_items)}});
  }
  std::vector<std::string> texts;
  for (const json::value& item : items) {
    if (!item.is_string()) return wrong_type(field);
    std::string text(item.as_string());
    if (field.is_link() || field.type == FieldType::attachment) {
      auto id = parse_id(text);
      if (!id) return problem_of(id.error());
      text = format_id(*id);
    } else if (!field.option(text)) {
      return problem("no_such_option", {{"value", text}});
    }
    texts.push_back(std::move(text));
  }
  std::sort(texts.begin(), texts.end());
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
  std::string out = "[";
  for (const std::string& text : texts) {
    if (out.size() > 1) out += ',';
    append_json_string(out, text);
  }
  return Value(out + "]");
}

Read read_moment(const Field& field, const json::value& json) {
  if (!json.is_string()) return wrong_type(field);
  const std::string_view text(json.as_string());
  if (field.type == FieldType::date) {
    auto day = parse_date(text);
    if (!day) return problem_of(day.error());
    return Value(std::int64_t{*day});
  }
  auto instant = parse_instant(text);
  if (!instant) return problem_of(instant.error());
  return Value(*instant);
}

}  // namespace

std::string key_form(const Field& field, std::string_view text) {
  return field.name ? pinyin_key(text) : fold(text);
}

Read read_value(const Field& field, const json::value& json) {
  if (json.is_null()) return Value();
  if (field.many) return read_list(field, json);
  switch (field.type) {
    case FieldType::text:
    case FieldType::long_text:
    case FieldType::email:
    case FieldType::phone:
    case FieldType::url:
    case FieldType::autonumber:
      if (!json.is_string()) return wrong_type(field);
      return read_text(field, json.as_string());
    case FieldType::integer:
    case FieldType::rating:
      return read_integer(field, json);
    case FieldType::decimal:
    case FieldType::percent:
    case FieldType::money:
      return read_scaled(field, json);
    case FieldType::boolean:
      if (!json.is_bool()) return wrong_type(field);
      return Value(std::int64_t{json.as_bool()});
    case FieldType::date:
    case FieldType::datetime:
      return read_moment(field, json);
    case FieldType::select:
      return read_option(field, json);
    case FieldType::multi_select:
      return read_list(field, json);
    case FieldType::id:
    case FieldType::user:
    case FieldType::department:
    case FieldType::link:
    case FieldType::attachment: {
      if (!json.is_string()) return wrong_type(field);
      auto id = parse_id(std::string_view(json.as_string()));
      if (!id) return problem_of(id.error());
      return Value(id->value);
    }
    case FieldType::json:
      return Value(json::serialize(json));
  }
  return wrong_type(field);
}

namespace {

void write_integer_kind(JsonWriter& out, const Field& field, std::int64_t value) {
  switch (field.type) {
    case FieldType::decimal:
    case FieldType::percent:
    case FieldType::money:
      out.decimal(value, field.scale);
      return;
    case FieldType::boolean:
      out.boolean(value != 0);
      return;
    case FieldType::date:
      out.date(static_cast<Day>(value));
      return;
    case FieldType::datetime:
      out.instant(value);
      return;
    case FieldType::id:
    case FieldType::user:
    case FieldType::department:
    case FieldType::link:
    case FieldType::attachment:
      out.id(RecordId{value});
      return;
    default:
      out.integer(value);
      return;
  }
}

bool holds_json(const Field& field) {
  return field.many || field.type == FieldType::multi_select || field.type == FieldType::json;
}

bool holds_text(const Field& field) {
  return field.is_text() || field.type == FieldType::select || holds_json(field);
}

}  // namespace

void write_value(JsonWriter& out, const Field& field, const Value& value) {
  if (is_empty(value)) {
    if (field.many || field.type == FieldType::multi_select) {
      out.raw("[]");
    } else {
      out.null();
    }
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    if (holds_json(field)) {
      out.raw(*text);
    } else {
      out.string(*text);
    }
  } else {
    write_integer_kind(out, field, integer_of(value));
  }
}

void write_column(JsonWriter& out, const Field& field, const storage::Statement& row, int column) {
  if (row.is_null(column)) {
    write_value(out, field, Value());
  } else if (!holds_text(field)) {
    write_integer_kind(out, field, row.integer(column));
  } else if (holds_json(field)) {
    out.raw(row.text(column));
  } else {
    out.string(row.text(column));
  }
}

}  // namespace linchpin::records
