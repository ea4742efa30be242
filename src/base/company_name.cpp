#include "base/company_name.h"

#include <algorithm>
#include <array>

#include "base/place_names.h"
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
constexpr std::size_t min_short_points = 3;
constexpr std::size_t max_short_points = 8;
constexpr std::size_t min_abbreviated_points = 4;
constexpr std::size_t min_core_points = 2;
constexpr std::size_t longest_place = 4;

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

bool is_place(std::u32string_view name) {
  return std::binary_search(std::begin(place_names), std::end(place_names), name);
}

// Takes one place off the beginning where enough stays behind it; false when there is none.
bool drop_place(std::u32string_view& name) {
  for (std::size_t size = longest_place; size >= 2; --size) {
    if (name.size() < size + min_core_points || !is_place(name.substr(0, size))) continue;
    name.remove_prefix(size);
    const bool level = name.front() == U'省' || name.front() == U'市';
    if (level && name.size() > min_core_points) name.remove_prefix(1);
    return true;
  }
  return false;
}

bool in_order_within(std::u32string_view some, std::u32string_view all) {
  std::size_t found = 0;
  for (const char32_t c : all) {
    if (found < some.size() && some[found] == c) ++found;
  }
  return found == some.size();
}

}  // namespace

NameParts name_parts(std::string_view name) {
  NameParts parts;
  std::vector<std::u32string> words = name_words(name);
  while (!words.empty() && drop_form(words)) parts.whole = true;
  for (const std::u32string& word : words) parts.points += word;
  if (parts.points.size() < min_essential_points) return {};
  for (const char32_t c : parts.points) append_utf8(parts.essential, c);
  std::u32string_view core = parts.points;
  while (drop_place(core)) {
  }
  parts.core = core;
  return parts;
}

std::string essential_name(std::string_view name) {
  return name_parts(name).essential;
}

std::u32string short_name(const NameParts& parts) {
  if (parts.whole) return {};
  std::u32string_view name = parts.points;
  for (const std::u32string_view mark : {U"sst", U"st"}) {
    if (!name.starts_with(mark) || name.size() == mark.size() || name[mark.size()] < 0x80) continue;
    name.remove_prefix(mark.size());
    break;
  }
  constexpr std::u32string_view share_classes = U"abuw";
  const bool marked = name.size() > 1 && share_classes.find(name.back()) != name.npos;
  if (marked && name[name.size() - 2] >= 0x80) name.remove_suffix(1);
  if (name.size() < min_short_points || name.size() > max_short_points) return {};
  return std::u32string(name);
}

ShortFit short_fit(std::u32string_view short_name, const NameParts& whole) {
  if (!whole.whole || short_name.size() < min_short_points) return ShortFit::none;
  if (short_name == whole.core || short_name == whole.points) return ShortFit::same;
  for (const std::u32string_view name : {std::u32string_view(whole.core),
                                         std::u32string_view(whole.points)}) {
    if (name.starts_with(short_name)) return ShortFit::begins;
  }
  const bool abbreviated = short_name.size() >= min_abbreviated_points &&
                           short_name_key(short_name) == short_name_key(whole.core) &&
                           in_order_within(short_name, whole.core);
  return abbreviated ? ShortFit::some_of_it : ShortFit::none;
}

std::u32string_view short_name_key(std::u32string_view name) {
  return name.substr(0, short_name_key_points);
}

}  // namespace linchpin
