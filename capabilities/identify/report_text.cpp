#include "identify/report_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.h"

namespace linchpin::identify {

namespace {

constexpr int thousands = 3;
constexpr std::size_t max_name_points = 40;
constexpr int most_digits = 2;

std::string digits_of(WideUnits value) {
  std::string digits;
  do {
    digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(value % 10)));
    value /= 10;
  } while (value > 0);
  return digits;
}

std::string grouped(std::string digits) {
  for (int at = static_cast<int>(digits.size()) - thousands; at > 0; at -= thousands) {
    digits.insert(static_cast<std::size_t>(at), 1, ',');
  }
  return digits;
}

struct UnitSize {
  int exponent;
  const char* key;
};

// The unit is chosen so that the largest amount has at most six digits before the point.
UnitSize unit_size(Language language, WideUnits whole) {
  const bool chinese = language == Language::zh_cn;
  if (whole >= power_of_ten(chinese ? 9 : 7)) return {chinese ? 8 : 6, "huge"};
  if (whole >= power_of_ten(5)) return {chinese ? 4 : 3, "large"};
  return {0, "one"};
}

}  // namespace

std::string count_text(std::int64_t count) {
  const WideUnits size = count < 0 ? -static_cast<WideUnits>(count) : count;
  return (count < 0 ? "-" : "") + grouped(digits_of(size));
}

std::string share_text(double share, int digits) {
  return fmt::format("{:.{}f}%", share * 100, digits);
}

std::string index_text(double index) {
  return fmt::format("{:.4f}", index);
}

std::string AmountFormat::text(WideUnits amount) const {
  const WideUnits rounded = round_half_even(amount, scale + exponent - digits);
  const WideUnits size = rounded < 0 ? -rounded : rounded;
  const WideUnits one = power_of_ten(digits);
  std::string out = rounded < 0 ? "\u2212" : "";
  out += grouped(digits_of(size / one));
  if (digits > 0) out += fmt::format(".{:0{}}", static_cast<std::int64_t>(size % one), digits);
  return out;
}

std::string AmountFormat::with_unit(WideUnits amount) const {
  return unit.empty() ? text(amount) : text(amount) + " " + unit;
}

AmountFormat amount_format(const Speech& speech, const MeasureRequest& measure, int scale,
                           const std::string& currency, WideUnits largest) {
  AmountFormat format;
  format.scale = scale;
  const UnitSize size = unit_size(speech.language, largest / power_of_ten(scale));
  if (is_money(measure.measure)) {
    const std::string kind = currency == "CNY" ? "identify.unit.yuan." : "identify.unit.money.";
    format.unit = speech.text(kind + size.key, {{"currency", currency}});
  } else if (size.exponent > 0) {
    format.unit = speech.text(std::string("identify.unit.number.") + size.key);
  }
  format.exponent = size.exponent;
  format.digits = std::min(most_digits, scale + size.exponent);
  return format;
}

std::string measure_text(const Speech& speech, Measure measure) {
  return speech.text("identify.measure." + std::string(measure_name(measure)));
}

std::string basis_text(const Speech& speech, const MeasureRequest& measure,
                       const std::string& currency) {
  if (!is_money(measure.measure)) return {};
  const bool inclusive = settled_tax(measure.measure, measure.tax) == Tax::inclusive;
  return speech.text(inclusive ? "identify.basis.inclusive" : "identify.basis.exclusive",
                     {{"currency", currency}});
}

std::string window_text(const Speech& speech, records::Window window) {
  return speech.text("identify.window",
                     {{"from", format_date(window.from)}, {"last", format_date(window.to - 1)}});
}

std::string names_text(const Speech& speech, const std::vector<std::string>& names, bool more) {
  std::string joined;
  for (const std::string& name : names) {
    if (!joined.empty()) joined += speech.text("identify.names.between");
    joined += shortened(name, max_name_points);
  }
  return more ? speech.text("identify.names.more", {{"names", joined}}) : joined;
}

std::string shortened(std::string_view text, std::size_t limit) {
  std::size_t at = 0;
  std::size_t last_whole = 0;
  for (std::size_t points = 0; at < text.size(); ++points) {
    if (points + 1 == limit) last_whole = at;
    if (points == limit) return std::string(text.substr(0, last_whole)) + "…";
    at += code_point_at(text, at).size;
  }
  return std::string(text);
}

}  // namespace linchpin::identify
