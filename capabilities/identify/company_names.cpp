#include "identify/company_names.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/text.h"
#include "base/utf8.h"

namespace linchpin::identify {

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

bool is_letter(char32_t c) {
  if (c < 0x80) return (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z');
  const bool punctuation = (c >= 0x2000 && c <= 0x206F) || (c >= 0x3000 && c <= 0x303F) ||
                           (c >= 0xFE30 && c <= 0xFE4F) || c == 0xA0 || c == 0xB7 || c == 0x30FB;
  return !punctuation;
}

std::vector<std::u32string> words_of(std::string_view name) {
  std::vector<std::u32string> words;
  bool inside = false;
  for (const char32_t c : to_code_points(fold(name))) {
    if (dropped.find(c) != dropped.npos) continue;
    if (!is_letter(c)) {
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

// Customers that are larger than the sum, and none of the group.
std::size_t rank_of(const Ranking& ranking, const NameGroup& group) {
  const auto larger = [&](const RankedCustomer& row) { return row.value > group.merged; };
  const auto end = std::partition_point(ranking.rows.begin(), ranking.rows.end(), larger);
  const auto above = static_cast<std::size_t>(end - ranking.rows.begin());
  const auto own = std::count_if(group.places.begin(), group.places.end(),
                                 [&](std::size_t place) { return place < above; });
  return above - static_cast<std::size_t>(own) + 1;
}

}  // namespace

std::string essential_name(std::string_view name) {
  std::vector<std::u32string> words = words_of(name);
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

std::vector<NameGroup> same_names(const Ranking& ranking, const std::vector<std::string>& names) {
  std::unordered_map<std::string, std::vector<std::size_t>> places;
  places.reserve(names.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    std::string essential = essential_name(names[i]);
    if (!essential.empty()) places[std::move(essential)].push_back(i);
  }
  std::vector<NameGroup> groups;
  for (auto& [name, found] : places) {
    if (found.size() < 2) continue;
    NameGroup group;
    group.places = std::move(found);
    for (const std::size_t place : group.places) group.merged += ranking.rows[place].value;
    group.merged_rank = rank_of(ranking, group);
    groups.push_back(std::move(group));
  }
  std::sort(groups.begin(), groups.end(), [](const NameGroup& a, const NameGroup& b) {
    return a.merged != b.merged ? a.merged > b.merged : a.places < b.places;
  });
  return groups;
}

}  // namespace linchpin::identify
