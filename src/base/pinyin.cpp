#include <algorithm>
#include <limits>
#include <string_view>

#include "base/pinyin_table.h"
#include "base/text.h"
#include "base/utf8.h"

namespace linchpin {
namespace {

using pinyin_table::no_syllable;
using pinyin_table::PhraseTable;

// Longer names are read in pieces of this length, which bounds the work per name.
constexpr std::size_t max_piece = 256;

// A text is divided so that the sum is the smallest: few words, and few characters outside words.
constexpr int phrase_cost = 77;
constexpr int counter_cost = 120;
constexpr int character_cost = 130;

constexpr char32_t zero_character = 0x3007;  // 〇, outside the block of the table
constexpr char32_t zero_as_character = 0x96F6;

std::uint16_t reading_of(char32_t c) {
  if (c == zero_character) c = zero_as_character;
  if (c < pinyin_table::first_character || c > pinyin_table::last_character) return no_syllable;
  return pinyin_table::character_readings[c - pinyin_table::first_character];
}

std::string_view syllable_text(std::uint16_t syllable) {
  return pinyin_table::syllables[syllable];
}

std::u16string_view phrase_text(const PhraseTable& table, std::size_t index) {
  const std::uint32_t start = table.starts[index];
  return {table.text + start, table.starts[index + 1] - start};
}

bool starts_with(std::u32string_view text, std::u16string_view phrase) {
  return phrase.size() <= text.size() && std::equal(phrase.begin(), phrase.end(), text.begin());
}

// Calls use(phrase index) for every phrase that `text` begins with, shorter ones first.
template <class Use>
void each_phrase_at(const PhraseTable& table, std::u32string_view text, Use use) {
  std::size_t low = 0;
  std::size_t high = table.count;
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (table.text[table.starts[middle]] < text.front()) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  for (; low < table.count && table.text[table.starts[low]] == text.front(); ++low) {
    if (starts_with(text, phrase_text(table, low))) use(low);
  }
}

// The best way to read a text from one character on.
struct Step {
  int cost = std::numeric_limits<int>::max();
  std::size_t length = 1;
  const std::uint16_t* readings = nullptr;  // of a phrase; nullptr = a single character
};

void consider(const PhraseTable& table, int cost, std::u32string_view text,
              std::vector<Step>& steps, std::size_t position) {
  Step& best = steps[position];
  each_phrase_at(table, text.substr(position), [&](std::size_t index) {
    const std::size_t length = phrase_text(table, index).size();
    const int total = cost + steps[position + length].cost;
    if (total >= best.cost) return;
    best = {total, length, table.readings + table.starts[index]};
  });
}

// The reading of each character, no_syllable for those without one.
void read_piece(std::u32string_view text, std::vector<std::uint16_t>& readings) {
  std::vector<Step> steps(text.size() + 1);
  steps[text.size()].cost = 0;
  for (std::size_t i = text.size(); i-- > 0;) {
    steps[i].cost = character_cost + steps[i + 1].cost;
    if (reading_of(text[i]) == no_syllable) continue;
    consider(pinyin_table::phrases, phrase_cost, text, steps, i);
    consider(pinyin_table::counters, counter_cost, text, steps, i);
  }
  for (std::size_t i = 0; i < text.size(); i += steps[i].length) {
    if (steps[i].readings == nullptr) {
      readings.push_back(reading_of(text[i]));
    } else {
      readings.insert(readings.end(), steps[i].readings, steps[i].readings + steps[i].length);
    }
  }
}

// A surname at the front is read as such; the longest one counts (欧阳 before 欧).
std::size_t read_surname(std::u32string_view name, std::vector<std::uint16_t>& readings) {
  std::size_t found = pinyin_table::surnames.count;
  each_phrase_at(pinyin_table::surnames, name, [&](std::size_t index) { found = index; });
  if (found == pinyin_table::surnames.count) return 0;
  const std::size_t length = phrase_text(pinyin_table::surnames, found).size();
  const std::uint16_t* first =
      pinyin_table::surnames.readings + pinyin_table::surnames.starts[found];
  readings.insert(readings.end(), first, first + length);
  return length;
}

std::vector<std::uint16_t> read_name(std::u32string_view name, NameKind kind) {
  std::vector<std::uint16_t> readings;
  readings.reserve(name.size());
  std::size_t position = 0;
  if (kind == NameKind::person && !name.empty()) position = read_surname(name, readings);
  for (; position < name.size(); position += max_piece) {
    read_piece(name.substr(position, max_piece), readings);
  }
  return readings;
}

bool is_letter_or_digit(char32_t c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 0xDF && c < 0x2000 && c != 0xF7);
}

}  // namespace

std::string pinyin_key(std::string_view name, NameKind kind) {
  const std::u32string text = to_code_points(fold(trim(name)));
  const std::vector<std::uint16_t> readings = read_name(text, kind);
  std::string key;
  key.reserve(text.size() * 8);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (readings[i] != no_syllable) key += syllable_text(readings[i]);
    append_utf8(key, text[i]);
  }
  return key;
}

std::vector<std::string> pinyin_syllables(std::string_view name, NameKind kind) {
  const std::u32string text = to_code_points(fold(name));
  const std::vector<std::uint16_t> readings = read_name(text, kind);
  std::vector<std::string> syllables(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (readings[i] != no_syllable) {
      syllables[i] = syllable_text(readings[i]);
      syllables[i].pop_back();  // the tone
    } else if (is_letter_or_digit(text[i])) {
      append_utf8(syllables[i], text[i]);
    }
  }
  return syllables;
}

PinyinForms pinyin_forms(std::string_view name, NameKind kind) {
  PinyinForms forms;
  for (const std::string& syllable : pinyin_syllables(name, kind)) {
    if (syllable.empty()) continue;
    forms.full += syllable;
    forms.initials += syllable.substr(0, code_point_at(syllable, 0).size);
  }
  return forms;
}

}  // namespace linchpin
