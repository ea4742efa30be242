#pragma once

// Reading JSON: Boost.JSON as the document, with the limits that protect the server.

#include <boost/json.hpp>
#include <string_view>

#include "base/result.h"

namespace linchpin {

namespace json = boost::json;

constexpr std::size_t max_json_depth = 32;

// The whole text must be one value. Errors: malformed / `broken_json` {position},
// `duplicate_key` {key}, `json_too_deep` {limit}; text that is not UTF-8 is broken_json as well.
// Integers beyond 64 bits with sign become doubles; doubles beyond the range are broken_json.
Result<json::value> parse_json(std::string_view text);

// As parse_json, and the value must be an object. Error: `expected_object`.
Result<json::object> parse_json_object(std::string_view text);

// The member's integer; 0 where it is absent or something else.
inline std::int64_t integer_at(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value != nullptr && value->is_int64() ? value->get_int64() : 0;
}

// The text; empty where it is absent or something else. Views end with the document.
inline std::string_view text_from(const json::value& value) {
  return value.is_string() ? std::string_view(value.get_string()) : std::string_view();
}
inline std::string_view text_at(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value != nullptr ? text_from(*value) : std::string_view();
}

}  // namespace linchpin
