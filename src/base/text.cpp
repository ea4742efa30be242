#include "base/text.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"

namespace linchpin {
namespace {

constexpr bool is_between(char32_t c, char32_t first, char32_t last) {
  return c >= first && c <= last;
}

constexpr char32_t fold_ascii(char32_t c) {
  return is_between(c, 'A', 'Z') ? c + ('a' - 'A') : c;
}

constexpr std::array<char, 128> ascii_folded = [] {
  std::array<char, 128> table{};
  for (char32_t c = 0; c < table.size(); ++c) table[c] = static_cast<char>(fold_ascii(c));
  return table;
}();

char32_t fold_latin(char32_t c) {
  if (c == 0xB5) return 0x3BC;  // the micro sign is a Greek mu
  if (is_between(c, 0xC0, 0xDE) && c != 0xD7) return c + 0x20;
  if (c == 0x130) return 'i';
  if (c == 0x178) return 0xFF;
  if (c == 0x17F) return 's';
  const bool even_is_upper =
      is_between(c, 0x100, 0x12F) || is_between(c, 0x132, 0x137) || is_between(c, 0x14A, 0x177);
  const bool odd_is_upper = is_between(c, 0x139, 0x148) || is_between(c, 0x179, 0x17E);
  if (even_is_upper) return c | 1;
  return odd_is_upper && c % 2 == 1 ? c + 1 : c;
}

char32_t fold_greek(char32_t c) {
  if (c == 0x386) return 0x3AC;
  if (is_between(c, 0x388, 0x38A)) return c + 0x25;
  if (c == 0x38C) return 0x3CC;
  if (is_between(c, 0x38E, 0x38F)) return c + 0x3F;
  if (is_between(c, 0x391, 0x3AB) && c != 0x3A2) return c + 0x20;
  return c == 0x3C2 ? 0x3C3 : c;  // the sigma at the end of a word
}

char32_t fold_cyrillic(char32_t c) {
  if (c <= 0x40F) return c + 0x50;
  if (c <= 0x42F) return c + 0x20;
  const bool even_is_upper =
      is_between(c, 0x460, 0x481) || is_between(c, 0x48A, 0x4BF) || is_between(c, 0x4D0, 0x52F);
  if (even_is_upper) return c | 1;
  if (c == 0x4C0) return 0x4CF;
  return is_between(c, 0x4C1, 0x4CE) && c % 2 == 1 ? c + 1 : c;
}

constexpr char32_t last_cased = 0x52F;
constexpr char32_t wide_blank = 0x3000;
constexpr char32_t first_wide = 0xFF01;
constexpr char32_t last_wide = 0xFF5E;

char32_t fold_code_point(char32_t c) {
  if (c < 0x80) return fold_ascii(c);
  if (c < 0x180) return fold_latin(c);
  if (is_between(c, 0x370, 0x3FF)) return fold_greek(c);
  if (is_between(c, 0x400, last_cased)) return fold_cyrillic(c);
  if (c == wide_blank) return ' ';
  if (is_between(c, first_wide, last_wide)) return fold_ascii(c - first_wide + '!');
  return c;
}

// Three-byte text that folding leaves alone: everything but U+3000–U+303F and U+FF00–U+FF7F.
bool is_plain_three_bytes(std::string_view text, std::size_t i) {
  const auto lead = static_cast<unsigned char>(text[i]);
  if (lead < 0xE4 || lead == 0xEF) return false;
  return lead < 0xF0 && i + 3 <= text.size();
}

FoldTable make_fold_table() {
  FoldTable table;
  const auto add = [&](char32_t first, char32_t last) {
    for (char32_t c = first; c <= last; ++c) {
      const char32_t folded = fold_code_point(c);
      if (folded == c) continue;
      append_utf8(table.from, c);
      append_utf8(table.to, folded);
    }
  };
  add(0, last_cased);
  add(wide_blank, wide_blank);
  add(first_wide, last_wide);
  return table;
}

// Bytes of the blank at the front of `text`, 0 when there is none.
std::size_t blank_size(std::string_view text, std::size_t i) {
  const char c = text[i];
  if (c == ' ' || (c >= '\t' && c <= '\r')) return 1;
  const std::string_view rest = text.substr(i);
  if (rest.substr(0, 2) == "\u00A0") return 2;
  return rest.substr(0, 3) == "\u3000" ? 3 : 0;
}

std::size_t blank_size_at_end(std::string_view text) {
  for (std::size_t size = 1; size <= 3 && size <= text.size(); ++size) {
    if (blank_size(text, text.size() - size) == size) return size;
  }
  return 0;
}

// Writes at `out` and returns the end of what it wrote, never more bytes than it read.
char* fold_character(std::string_view text, std::size_t& position, char* out) {
  if (is_plain_three_bytes(text, position)) {
    out = std::copy_n(text.data() + position, 3, out);
    position += 3;
    return out;
  }
  const CodePoint point = code_point_at(text, position);
  position += point.size;
  if (!point.valid) {
    *out = static_cast<char>(point.value);
    return out + 1;
  }
  std::string folded;
  append_utf8(folded, fold_code_point(point.value));
  return std::copy(folded.begin(), folded.end(), out);
}

}  // namespace

bool is_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint point = code_point_at(text, i);
    if (!point.valid) return false;
    i += point.size;
  }
  return true;
}

std::string fold(std::string_view text) {
  std::string folded(text.size(), '\0');
  char* out = folded.data();
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x80) {
      *out++ = ascii_folded[byte];
      ++i;
    } else {
      out = fold_character(text, i, out);
    }
  }
  folded.resize(static_cast<std::size_t>(out - folded.data()));
  return folded;
}

const FoldTable& fold_table() {
  static const FoldTable table = make_fold_table();
  return table;
}

std::string_view trim(std::string_view text) {
  // Nearly every cell of a file begins and ends with a printable ASCII character.
  const auto is_printable = [](char c) { return c > ' ' && c < '\x7F'; };
  if (!text.empty() && is_printable(text.front()) && is_printable(text.back())) return text;
  while (!text.empty()) {
    const std::size_t size = blank_size(text, 0);
    if (size == 0) break;
    text.remove_prefix(size);
  }
  while (const std::size_t size = blank_size_at_end(text)) text.remove_suffix(size);
  return text;
}

std::string trimmed(std::string_view text) {
  return std::string(trim(text));
}

std::size_t code_points(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (c & 0xC0) != 0x80;
  return count;
}

}  // namespace linchpin
