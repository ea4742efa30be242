#include <array>

#include "base/text.h"

namespace linchpin {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

// Scripts that are written without blanks between words.
constexpr std::array<Range, 8> unspaced_scripts{{
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
constexpr std::array<Range, 12> spaced_scripts{{
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

}  // namespace

std::vector<WordRun> word_runs(std::u32string_view text) {
  std::vector<WordRun> runs;
  for (std::size_t i = 0; i < text.size();) {
    const bool spaced = is_in(spaced_scripts, text[i]);
    if (!spaced && !is_in(unspaced_scripts, text[i])) {
      ++i;
      continue;
    }
    std::size_t end = i + 1;
    while (end < text.size() &&
           (spaced ? is_in(spaced_scripts, text[end]) : is_in(unspaced_scripts, text[end]))) {
      ++end;
    }
    runs.push_back({i, end, spaced});
    i = end;
  }
  return runs;
}

}  // namespace linchpin
