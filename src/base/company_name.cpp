#include "base/company_name.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/utf8.h"

namespace linchpin {

namespace {

constexpr std::size_t min_essential_points = 2;
// Longer ones first, so that 有限责任公司 does not leave 有限责任 behind.
constexpr std::array chinese_forms{U"有限责任公司", U"股份有限公司", U"有限公司", U"总公司",
                                   U"分公司",       U"公司",         U"集团",     U"股份"};
constexpr std::array latin_forms{U"co",   U"ltd", U"limited", U"inc",         U"incorporated",
                                 U"corp", U"llc", U"plc",     U"corporation", U"company",
                                 U"gmbh", U"ag",  U"kg",      U"group",       U"sa",
                                 U"srl",  U"bv",  U"nv",      U"pte",         U"pty"};
constexpr std::u32string_view dropped = U".'’`";

bool tells_companies_apart(char32_t c) {
  if (c < 0x80) return (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z');
  const bool punctuation = (c >= 0x2000 && c <= 0x206F) || (c >= 0x3000 && c <= 0x303F) ||
                           (c >= 0xFE30 && c <= 0xFE4F) || c == 0xA0 || c == 0xB7 || c == 0x30FB;
  return !punctuation;
}

std::vector<std::u32string> name_words(std::string_view name) {
  std::vector<std::u32string> words;
  bool inside = false;
  for (const char32_t c : to_code_points(fold(name))) {
    if (dropped.find(c) != dropped.npos) continue;
    if (!tells_companies_apart(c)) {
      inside = false;
      continue;
    }
    if (!inside) words.emplace_back();
    words.back() += c;
    inside = true;
  }
  return words;
}

// Takes one legal form off the end; false when there is none.
bool drop_form(std::vector<std::u32string>& words) {
  std::u32string& last = words.back();
  if (std::find(latin_forms.begin(), latin_forms.end(), last) != latin_forms.end()) {
    words.pop_back();
    return true;
  }
  for (const std::u32string_view form : chinese_forms) {
    if (!last.ends_with(form)) continue;
    last.resize(last.size() - form.size());
    if (last.empty()) words.pop_back();
    return true;
  }
  return false;
}

}  // namespace

std::string essential_name(std::string_view name) {
  std::vector<std::u32string> words = name_words(name);
  while (!words.empty() && drop_form(words)) {
  }
  std::size_t points = 0;
  std::string essential;
  for (const std::u32string& word : words) {
    points += word.size();
    for (const char32_t c : word) append_utf8(essential, c);
  }
  return points < min_essential_points ? std::string() : essential;
}

}  // namespace linchpin
