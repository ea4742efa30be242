#include "inbound/body.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace linchpin::inbound {
namespace {

const json::value null_value;

std::string escaped(std::string_view token) {
  std::string text;
  for (const char c : token) {
    if (c == '~') {
      text += "~0";
    } else if (c == '/') {
      text += "~1";
    } else {
      text += c;
    }
  }
  return text;
}

Error out_of_range(std::string pointer, std::int64_t min, std::int64_t max) {
  return Error::invalid(FieldProblem{std::move(pointer),
                                     {},
                                     "out_of_range",
                                     {{"min", std::to_string(min)}, {"max", std::to_string(max)}}});
}

std::string to_string(const json::value& value) {
  const json::string& text = value.get_string();
  return std::string(text.data(), text.size());
}

}  // namespace

Error wrong_member(std::string pointer, std::string code, ErrorParams params) {
  Error error = Error::of(ErrorCode::malformed);
  error.problems.push_back({std::move(pointer), {}, std::move(code), std::move(params)});
  return error;
}

std::string Members::pointer_to(std::string_view name) const {
  return pointer_ + "/" + escaped(name);
}

const json::value* Members::find(std::string_view name) const {
  const json::value* value = object_.if_contains(name);
  return value == nullptr || value->is_null() ? nullptr : value;
}

Status Members::allow_only(std::initializer_list<std::string_view> names) const {
  for (const auto& [key, value] : object_) {
    const std::string_view name(key.data(), key.size());
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      return wrong_member(pointer_to(name), "unknown_member", {{"name", std::string(name)}});
    }
  }
  return {};
}

Result<std::optional<std::string>> Members::text(std::string_view name) const {
  const json::value* value = find(name);
  if (value == nullptr) return std::optional<std::string>();
  if (!value->is_string()) return wrong_member(pointer_to(name), "expected_text");
  return std::optional(to_string(*value));
}

Result<std::string> Members::required_text(std::string_view name) const {
  LP_TRY(std::optional<std::string> value, text(name));
  if (!value) {
    return wrong_member(pointer_to(name), "member_missing", {{"name", std::string(name)}});
  }
  return std::move(*value);
}

Result<bool> Members::boolean(std::string_view name) const {
  const json::value* value = find(name);
  if (value == nullptr) return false;
  if (!value->is_bool()) return wrong_member(pointer_to(name), "expected_boolean");
  return value->get_bool();
}

Result<std::optional<std::int64_t>> Members::integer(std::string_view name) const {
  const json::value* value = find(name);
  if (value == nullptr) return std::optional<std::int64_t>();
  if (!value->is_int64()) return wrong_member(pointer_to(name), "expected_integer");
  return std::optional(value->get_int64());
}

Result<std::optional<std::int64_t>> Members::integer(std::string_view name, std::int64_t min,
                                                     std::int64_t max) const {
  LP_TRY(const std::optional<std::int64_t> value, integer(name));
  if (value && (*value < min || *value > max)) return out_of_range(pointer_to(name), min, max);
  return value;
}

Result<std::optional<Members>> Members::object(std::string_view name) const {
  const json::value* value = find(name);
  if (value == nullptr) return std::optional<Members>();
  if (!value->is_object()) return wrong_member(pointer_to(name), "expected_object");
  return std::optional<Members>(Members(value->get_object(), pointer_to(name)));
}

Result<std::vector<std::string>> Members::texts(std::string_view name) const {
  std::vector<std::string> found;
  const json::value* value = find(name);
  if (value == nullptr) return found;
  if (!value->is_array()) return wrong_member(pointer_to(name), "expected_list");
  const json::array& items = value->get_array();
  if (items.size() > max_listed_names) {
    return wrong_member(pointer_to(name), "too_many_values",
                        {{"max", std::to_string(max_listed_names)}});
  }
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!items[i].is_string()) {
      return wrong_member(pointer_to(name) + "/" + std::to_string(i), "expected_text");
    }
    found.push_back(to_string(items[i]));
  }
  return found;
}

Result<std::optional<Instant>> Members::instant(std::string_view name) const {
  LP_TRY(const std::optional<std::string> value, text(name));
  if (!value) return std::optional<Instant>();
  const Result<Instant> parsed = parse_instant(*value);
  if (!parsed) {
    return Error::invalid(
        FieldProblem{pointer_to(name), {}, parsed.error().detail, parsed.error().params});
  }
  return std::optional(*parsed);
}

const json::value& Members::value(std::string_view name) const {
  const json::value* value = object_.if_contains(name);
  return value == nullptr ? null_value : *value;
}

Result<Members> read_body(const Request& request, BodyIs presence) {
  if (presence == BodyIs::optional && trim(request.body).empty()) return Members(json::object());
  LP_TRY(json::object object, parse_json_object(request.body));
  return Members(std::move(object));
}

Result<RecordId> id_parameter(const Request& request, std::string_view name) {
  const Result<RecordId> id = parse_id(request.parameter(name));
  if (!id) return Error::of(ErrorCode::not_found);
  return *id;
}

Result<std::int64_t> integer_query(const RequestHead& head, std::string_view name,
                                   std::int64_t otherwise, std::int64_t min, std::int64_t max) {
  const std::optional<std::string_view> text = head.query_value(name);
  if (!text || text->empty()) return otherwise;
  std::int64_t value = 0;
  const auto read = std::from_chars(text->data(), text->data() + text->size(), value);
  const bool whole = read.ec == std::errc() && read.ptr == text->data() + text->size();
  if (!whole || value < min || value > max) {
    return out_of_range("/" + std::string(name), min, max);
  }
  return value;
}

Result<std::vector<std::string>> listed_names(std::string_view text, std::string_view name) {
  std::vector<std::string> names;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(','), text.size());
    const std::string_view item = trim(text.substr(0, end));
    if (!item.empty()) names.emplace_back(item);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (names.size() > max_listed_names) {
      return wrong_member("/" + std::string(name), "too_many_values",
                          {{"max", std::to_string(max_listed_names)}});
    }
  }
  return names;
}

}  // namespace linchpin::inbound
