#pragma once

// Code points of UTF-8 text, one at a time.

#include <cstddef>
#include <string>
#include <string_view>

namespace linchpin {

struct CodePoint {
  char32_t value = 0;
  std::size_t size = 1;  // bytes in the text
  bool valid = true;     // false: one byte that is not part of UTF-8, given as its own value
};

// `position` is inside `text`.
CodePoint code_point_at(std::string_view text, std::size_t position);

void append_utf8(std::string& out, char32_t code_point);

// The text in code points; bytes that are not UTF-8 become U+FFFD.
std::u32string to_code_points(std::string_view text);

}  // namespace linchpin
