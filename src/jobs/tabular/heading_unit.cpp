#include "jobs/tabular/heading_unit.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"

namespace linchpin::tabular {
namespace {

struct Unit {
  std::string_view word;
  double multiplier;
  bool money_only;  // other measures have units of this name: 千克, 千米
};

// Longer words first: 百万 before 万.
constexpr std::array<Unit, 13> units{{{"百万", 1e6, false},
                                      {"千万", 1e7, false},
                                      {"十万", 1e5, false},
                                      {"亿", 1e8, false},
                                      {"万", 1e4, false},
                                      {"千", 1e3, true},
                                      {"in thousands", 1e3, false},
                                      {"thousands", 1e3, false},
                                      {"thousand", 1e3, false},
                                      {"'000", 1e3, false},
                                      {"in millions", 1e6, false},
                                      {"millions", 1e6, false},
                                      {"million", 1e6, false}}};

constexpr std::array<std::string_view, 11> money{"人民币", "美元", "欧元", "港元", "日元", "元",
                                                 "rmb",    "cny",  "usd",  "eur",  "hkd"};

// "(万件)" may name what is counted, but not a whole sentence.
constexpr std::size_t max_measure_characters = 2;

bool is_money(std::string_view word) {
  return std::find(money.begin(), money.end(), word) != money.end();
}

void strip_front(std::string_view& text, std::string_view word) {
  if (text.starts_with(word)) text.remove_prefix(word.size());
  text = trim(text);
}

// Of what is written where units are written: "万元", "单位:万元", "人民币万元".
double multiplier_of_unit(std::string_view text) {
  text = trim(text);
  for (const std::string_view word : {"单位", ":", "人民币", "rmb", "cny"}) {
    strip_front(text, word);
  }
  for (const Unit& unit : units) {
    if (!text.starts_with(unit.word)) continue;
    const std::string_view measure = trim(text.substr(unit.word.size()));
    if (is_money(measure)) return unit.multiplier;
    const bool short_measure = code_points(measure) <= max_measure_characters;
    return !unit.money_only && short_measure ? unit.multiplier : 1;
  }
  return 1;
}

double multiplier_in_brackets(std::string_view text) {
  for (std::size_t open = text.find_first_of("(["); open != std::string_view::npos;
       open = text.find_first_of("([", open + 1)) {
    const std::size_t close = text.find_first_of(")]", open);
    if (close == std::string_view::npos) return 1;
    const double multiplier = multiplier_of_unit(text.substr(open + 1, close - open - 1));
    if (multiplier != 1) return multiplier;
  }
  return 1;
}

// "金额万元": without brackets only money is certain.
double multiplier_at_end(std::string_view text) {
  for (const Unit& unit : units) {
    const std::string ending = std::string(unit.word) + "元";
    if (text.ends_with(ending)) return unit.multiplier;
  }
  return 1;
}

}  // namespace

double unit_multiplier(std::string_view heading) {
  std::string folded = fold(heading);
  for (const auto& [from, to] :
       {std::pair<std::string_view, std::string_view>{"【", "["}, {"】", "]"}}) {
    for (std::size_t at = folded.find(from); at != std::string::npos; at = folded.find(from)) {
      folded.replace(at, from.size(), to);
    }
  }
  const std::string_view text = trim(folded);
  if (const double bracketed = multiplier_in_brackets(text); bracketed != 1) return bracketed;
  for (const std::string_view mark : {"单位", "/"}) {
    const std::size_t at = text.rfind(mark);
    if (at == std::string_view::npos) continue;
    const double multiplier = multiplier_of_unit(text.substr(at + mark.size()));
    if (multiplier != 1) return multiplier;
  }
  return multiplier_at_end(text);
}

}  // namespace linchpin::tabular
