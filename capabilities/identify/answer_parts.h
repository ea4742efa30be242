#pragma once

// Members of answers that may be empty.

#include <optional>
#include <string>
#include <string_view>

#include "base/json_writer.h"

namespace linchpin::identify {

// Null where there is no text.
inline void write_text(JsonWriter& out, std::string_view name, const std::string& text) {
  out.key(name);
  text.empty() ? out.null() : out.string(text);
}

inline void write_day(JsonWriter& out, std::string_view name, std::optional<Day> day) {
  out.key(name);
  day ? out.date(*day) : out.null();
}

inline void write_decimal(JsonWriter& out, std::string_view name, std::optional<Units> value,
                          int scale) {
  out.key(name);
  value ? out.decimal(*value, scale) : out.null();
}

}  // namespace linchpin::identify
