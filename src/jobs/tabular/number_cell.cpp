#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/text.h"
#include "base/utf8.h"
#include "jobs/tabular/cell_value.h"

namespace linchpin::tabular {
namespace {

// Digits that fit into 128 bits together with those of a multiplier; more only round.
constexpr int max_kept_digits = 19;
constexpr int max_exponent = 400;
constexpr std::size_t digits_per_group = 3;
constexpr std::size_t max_number_bytes = 200;
constexpr int max_drop = 36;

Error wrong_number() {
  return Error::of(ErrorCode::validation_failed, "wrong_number");
}

Error number_too_large() {
  return Error::of(ErrorCode::validation_failed, "number_too_large");
}

struct Magnitude {
  std::string_view word;
  int exponent;
};

// Longer words first: 万元 before 元.
constexpr std::array<Magnitude, 6> magnitudes{
    {{"百万", 6}, {"千万", 7}, {"亿", 8}, {"万", 4}, {"千", 3}, {"百", 2}}};

constexpr std::array<std::string_view, 20> currencies{
    "人民币", "美元", "欧元", "港元", "日元", "港币", "元", "圆", "rmb", "cny",
    "us$",    "usd",  "eur",  "hk$",  "hkd",  "jpy",  "¥",  "￥", "$",   "€"};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Half width, lower case, one kind of blank and of minus.
std::string normalised_number(std::string_view text) {
  std::string plain;
  const std::string folded = fold(text);
  for (std::size_t i = 0; i < folded.size();) {
    const CodePoint point = code_point_at(folded, i);
    const bool blank = point.value == 0xA0 || point.value == 0x202F || point.value == 0x2009 ||
                       point.value == 0x3000;
    const bool minus = point.value == 0x2212 || point.value == 0x2013;
    if (blank || minus) {
      plain += blank ? ' ' : '-';
    } else {
      plain.append(folded, i, point.size);
    }
    i += point.size;
  }
  return plain;
}

// What stands around the digits. Each kind of it may be there once.
class Affixes {
 public:
  // The text without them.
  std::string_view strip(std::string_view text) {
    for (std::size_t before = text.size() + 1; before != text.size();) {
      before = text.size();
      text = trim(text);
      strip_brackets(text);
      strip_sign(text);
      strip_currency(text);
      strip_percent(text);
      strip_magnitude(text);
    }
    return text;
  }

  bool negative() const { return negative_; }
  int exponent() const { return exponent_; }

 private:
  void strip_brackets(std::string_view& text) {
    if (signed_ || text.size() < 2 || text.front() != '(' || text.back() != ')') return;
    text = text.substr(1, text.size() - 2);
    signed_ = negative_ = true;
  }

  void strip_sign(std::string_view& text) {
    if (signed_ || text.empty()) return;
    if (text.front() == '-' || text.front() == '+') {
      negative_ = text.front() == '-';
      text.remove_prefix(1);
      signed_ = true;
    } else if (text.back() == '-') {
      negative_ = signed_ = true;
      text.remove_suffix(1);
    }
  }

  void strip_currency(std::string_view& text) {
    for (const std::string_view currency : currencies) {
      if (has_currency_) return;
      has_currency_ = true;
      if (text.starts_with(currency)) {
        text.remove_prefix(currency.size());
      } else if (text.ends_with(currency)) {
        text.remove_suffix(currency.size());
      } else {
        has_currency_ = false;
      }
    }
  }

  void strip_percent(std::string_view& text) {
    if (scaled_ || !text.ends_with('%')) return;
    text.remove_suffix(1);
    exponent_ = -2;
    scaled_ = true;
  }

  void strip_magnitude(std::string_view& text) {
    for (const auto& [word, exponent] : magnitudes) {
      if (scaled_ || !text.ends_with(word)) continue;
      text.remove_suffix(word.size());
      exponent_ = exponent;
      scaled_ = true;
    }
  }

  bool signed_ = false;
  bool negative_ = false;
  bool has_currency_ = false;
  bool scaled_ = false;
  int exponent_ = 0;
};

struct Digits {
  WideUnits value = 0;
  int exponent = 0;  // the number is value × 10^exponent

  // Digits beyond those that are kept only tell whether anything is lost, for the rounding.
  void add(char digit, bool behind_point) {
    if (count_ < max_kept_digits) {
      value = value * 10 + (digit - '0');
      count_ += value != 0;
      exponent -= behind_point;
    } else {
      lost_ = lost_ || digit != '0';
      exponent += !behind_point;
    }
  }

  void finish() {
    if (!lost_) return;
    value = value * 10 + 1;
    --exponent;
  }

 private:
  int count_ = 0;
  bool lost_ = false;
};

// "1,234,567" with the same separator everywhere and three digits behind each.
bool read_whole_part(std::string_view text, Digits& digits) {
  char separator = '\0';
  std::size_t in_group = 0;
  for (const char c : text) {
    if (is_digit(c)) {
      digits.add(c, false);
      ++in_group;
      continue;
    }
    if (c != ',' && c != ' ' && c != '\'') return false;
    const bool first = separator == '\0';
    const bool group = first ? in_group >= 1 && in_group <= digits_per_group
                             : in_group == digits_per_group && c == separator;
    if (!group) return false;
    separator = c;
    in_group = 0;
  }
  return separator == '\0' || in_group == digits_per_group;
}

std::optional<int> read_exponent(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  int exponent = 0;
  const char* const end = text.data() + text.size();
  const auto [read_to, problem] = std::from_chars(text.data(), end, exponent);
  if (problem == std::errc::result_out_of_range) {
    return text.starts_with('-') ? -max_exponent : max_exponent;
  }
  if (problem != std::errc() || read_to != end) return std::nullopt;
  return std::clamp(exponent, -max_exponent, max_exponent);
}

std::optional<Digits> read_digits(std::string_view text) {
  Digits digits;
  const std::size_t mark = std::min(text.find_first_of("eE"), text.size());
  const std::string_view mantissa = text.substr(0, mark);
  const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
  if (!read_whole_part(mantissa.substr(0, point), digits)) return std::nullopt;
  const std::string_view fraction = mantissa.substr(std::min(point + 1, mantissa.size()));
  for (const char c : fraction) {
    if (!is_digit(c)) return std::nullopt;
    digits.add(c, true);
  }
  if (point == 0 && fraction.empty()) return std::nullopt;
  digits.finish();
  if (mark == text.size()) return digits;
  const auto exponent = read_exponent(text.substr(mark + 1));
  if (!exponent) return std::nullopt;
  digits.exponent += *exponent;
  return digits;
}

Result<Units> units_of(const Digits& digits, int scale, bool negative) {
  WideUnits value = negative ? -digits.value : digits.value;
  if (value == 0) return Units{0};
  const int shift = digits.exponent + scale;
  if (shift < -max_drop) return Units{0};
  if (shift <= 0) return narrow(round_half_even(value, -shift));
  if (shift > max_drop) return number_too_large();
  for (int i = 0; i < shift; ++i) {
    LP_TRY(value, narrow(value));
    value *= 10;
  }
  return narrow(value);
}

// The multiplier's shortest decimal form, so that 0.1 is a tenth.
Digits as_digits(double multiplier) {
  std::array<char, 32> text;
  const auto end = std::to_chars(text.data(), text.data() + text.size(), multiplier).ptr;
  const auto size = static_cast<std::size_t>(end - text.data());
  return read_digits({text.data(), size}).value_or(Digits{});
}

}  // namespace

Result<Units> read_number(std::string_view text, int scale, double multiplier) {
  text = trim(text);
  if (text.empty() || text.size() > max_number_bytes) return wrong_number();
  const bool plain = std::all_of(text.begin(), text.end(),
                                 [](char c) { return is_digit(c) || c == '.' || c == '-'; });
  std::string normal;
  if (!plain) {
    normal = normalised_number(text);
    text = normal;
  }
  Affixes affixes;
  text = affixes.strip(text);
  if (text.empty()) return wrong_number();
  auto digits = read_digits(text);
  if (!digits) return wrong_number();
  digits->exponent += affixes.exponent();
  if (multiplier != 1) {
    const Digits factor = as_digits(multiplier);
    digits->value *= factor.value;
    digits->exponent += factor.exponent;
  }
  return units_of(*digits, scale, affixes.negative());
}

std::string_view read_key(std::string_view text) {
  text = trim(text);
  // ="00123" keeps a spreadsheet from reading a number.
  if (text.size() >= 3 && text.starts_with("=\"") && text.ends_with('"')) {
    text = trim(text.substr(2, text.size() - 3));
  }
  if (!text.ends_with(".0")) return text;
  const std::string_view whole = text.substr(0, text.size() - 2);
  const bool number = !whole.empty() && std::all_of(whole.begin(), whole.end(), is_digit);
  const bool leading_zero = whole.size() > 1 && whole.front() == '0';
  return number && !leading_zero ? whole : text;
}

Result<bool> read_boolean(std::string_view text) {
  constexpr std::array<std::string_view, 11> yes{"是", "有", "对", "真", "true", "yes",
                                                 "y",  "t",  "1",  "√",  "on"};
  constexpr std::array<std::string_view, 11> no{"否", "无", "没有", "假", "false", "no",
                                                "n",  "f",  "0",    "×",  "off"};
  const std::string folded = fold(trim(text));
  if (std::find(yes.begin(), yes.end(), folded) != yes.end()) return true;
  if (std::find(no.begin(), no.end(), folded) != no.end()) return false;
  return Error::of(ErrorCode::validation_failed, "wrong_boolean");
}

}  // namespace linchpin::tabular
