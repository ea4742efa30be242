#include <array>
#include <utility>

#include "base/text.h"
#include "base/utf8.h"

namespace linchpin {
namespace {

constexpr std::size_t max_term_code_points = 64;

struct Range {
  char32_t first;
  char32_t last;
};

// Scripts that are written without blanks between words.
constexpr std::array<Range, 8> unspaced{{
    {0x3005, 0x3007},    // 々 〆 〇
    {0x3041, 0x3096},    // Hiragana
    {0x30A1, 0x30FA},    // Katakana
    {0x3400, 0x4DBF},    // Han, extension A
    {0x4E00, 0x9FFF},    // Han
    {0xAC00, 0xD7A3},    // Hangul
    {0xF900, 0xFAFF},    // Han, compatibility
    {0x20000, 0x323AF},  // Han, further extensions
}};

// Letters, digits and marks of the scripts that put blanks between words, coarsely.
constexpr std::array<Range, 12> spaced{{
    {'0', '9'},
    {'A', 'Z'},
    {'a', 'z'},
    {0xAA, 0xAA},
    {0xB5, 0xB5},
    {0xBA, 0xBA},
    {0xC0, 0xD6},
    {0xD8, 0xF6},
    {0xF8, 0x2FF},
    {0x300, 0x1FFF},
    {0x2C00, 0x2DFF},
    {0xA640, 0xABFF},
}};

template <std::size_t count>
bool is_in(const std::array<Range, count>& ranges, char32_t c) {
  for (const Range& range : ranges) {
    if (c < range.first) return false;
    if (c <= range.last) return true;
  }
  return false;
}

std::string term_of(std::u32string_view points) {
  std::string term;
  for (const char32_t c : points) append_utf8(term, c);
  return term;
}

}  // namespace

std::vector<std::string> search_terms(std::string_view text) {
  const std::u32string folded = to_code_points(fold(text));
  const std::u32string_view points = folded;
  std::vector<std::string> terms;
  for (std::size_t i = 0; i < points.size();) {
    if (is_in(unspaced, points[i])) {
      terms.push_back(term_of(points.substr(i, 1)));
      const bool has_neighbour = i + 1 < points.size() && is_in(unspaced, points[i + 1]);
      if (has_neighbour) terms.push_back(term_of(points.substr(i, 2)));
      ++i;
    } else if (is_in(spaced, points[i])) {
      std::size_t end = i + 1;
      while (end < points.size() && is_in(spaced, points[end])) ++end;
      terms.push_back(term_of(points.substr(i, std::min(end - i, max_term_code_points))));
      i = end;
    } else {
      ++i;
    }
  }
  return terms;
}

}  // namespace linchpin
