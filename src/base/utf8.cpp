#include "base/utf8.h"

namespace linchpin {
namespace {

constexpr char32_t replacement = 0xFFFD;

unsigned byte_at(std::string_view text, std::size_t position) {
  return static_cast<unsigned char>(text[position]);
}

// The smallest code point that needs `size` bytes: shorter ones written longer are not UTF-8.
char32_t smallest_of(std::size_t size) {
  if (size == 2) return 0x80;
  return size == 3 ? 0x800 : 0x10000;
}

}  // namespace

CodePoint code_point_at(std::string_view text, std::size_t position) {
  const unsigned lead = byte_at(text, position);
  if (lead < 0x80) return {lead, 1, true};
  const CodePoint broken{lead, 1, false};
  if (lead < 0xC2 || lead > 0xF4) return broken;
  const std::size_t size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (position + size > text.size()) return broken;
  char32_t value = lead & (0xFFU >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    const unsigned next = byte_at(text, position + i);
    if ((next & 0xC0) != 0x80) return broken;
    value = value << 6 | (next & 0x3F);
  }
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < smallest_of(size) || value > 0x10FFFF || surrogate) return broken;
  return {value, size, true};
}

void append_utf8(std::string& out, char32_t code_point) {
  const auto continuation = [&](int shift) {
    out += static_cast<char>(0x80 | (code_point >> shift & 0x3F));
  };
  if (code_point < 0x80) {
    out += static_cast<char>(code_point);
  } else if (code_point < 0x800) {
    out += static_cast<char>(0xC0 | code_point >> 6);
    continuation(0);
  } else if (code_point < 0x10000) {
    out += static_cast<char>(0xE0 | code_point >> 12);
    continuation(6);
    continuation(0);
  } else {
    out += static_cast<char>(0xF0 | code_point >> 18);
    continuation(12);
    continuation(6);
    continuation(0);
  }
}

std::u32string to_code_points(std::string_view text) {
  std::u32string points;
  points.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint point = code_point_at(text, i);
    points += point.valid ? point.value : replacement;
    i += point.size;
  }
  return points;
}

}  // namespace linchpin
