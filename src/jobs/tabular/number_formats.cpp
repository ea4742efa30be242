#include "jobs/tabular/number_formats.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>

#include "base/date.h"
#include "jobs/tabular/table_error.h"
#include "jobs/tabular/xml_stream.h"

namespace linchpin::tabular {
namespace {

constexpr std::size_t max_styles = 1 << 17;  // a workbook may have 64,000
constexpr std::size_t max_formats = 10'000;
constexpr int significant_digits = 15;
constexpr int max_plain_exponent = 20;
constexpr double serials = 2'958'466;        // up to 9999-12-31
constexpr std::int64_t no_such_serial = 60;  // 1900 was no leap year, but its calendar has one
constexpr std::int64_t epoch_of_1900 = 25'569;
constexpr std::int64_t epoch_of_1904 = 24'107;

// What the first section of a format shows.
struct FormatLetters {
  bool year_or_day = false;
  bool month_or_minute = false;
  bool hour_or_second = false;

  void add(char letter) {
    switch (letter) {
      case 'y':
      case 'd':
        year_or_day = true;
        break;
      case 'm':
        month_or_minute = true;
        break;
      case 'h':
      case 's':
        hour_or_second = true;
        break;
      default:
        break;
    }
  }

  NumberKind kind() const {
    if (hour_or_second) return year_or_day ? NumberKind::date_time : NumberKind::time;
    return year_or_day || month_or_minute ? NumberKind::date : NumberKind::number;
  }
};

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

// [h], [mm] and [ss] count beyond a day; all other brackets are colours, conditions and languages.
bool counts_time(std::string_view bracket) {
  return !bracket.empty() && bracket.find_first_not_of("hHmMsS") == std::string_view::npos;
}

bool is_weekday(std::string_view rest) {
  return rest.size() >= 3 &&
         std::all_of(rest.begin(), rest.begin() + 3, [](char c) { return c == 'a' || c == 'A'; });
}

class StylesHandler final : public XmlHandler {
 public:
  void start(std::string_view name, XmlAttributes attributes) override {
    if (name == "numFmt" && formats_.size() < max_formats) {
      formats_[id(attributes)] = kind_of_format(attribute(attributes, "formatCode"));
    }
    if (name == "cellXfs") in_cell_styles_ = true;
    if (name == "xf" && in_cell_styles_ && ids_.size() < max_styles) {
      ids_.push_back(id(attributes));
    }
  }

  void end(std::string_view name) override {
    if (name == "cellXfs") in_cell_styles_ = false;
  }

  void text(std::string_view) override {}

  std::vector<NumberKind> kinds() const {
    std::vector<NumberKind> kinds;
    kinds.reserve(ids_.size());
    for (const int format : ids_) {
      const auto own = formats_.find(format);
      kinds.push_back(own == formats_.end() ? kind_of_builtin_format(format) : own->second);
    }
    return kinds;
  }

 private:
  static int id(XmlAttributes attributes) {
    const std::string_view text = attribute(attributes, "numFmtId");
    int value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
  }

  std::map<int, NumberKind> formats_;
  std::vector<int> ids_;
  bool in_cell_styles_ = false;
};

void append_two_digits(std::string& out, std::int64_t value) {
  out += static_cast<char>('0' + value / 10 % 10);
  out += static_cast<char>('0' + value % 10);
}

void append_time(std::string& out, std::int64_t milliseconds) {
  const std::int64_t hours = milliseconds / 3'600'000;
  if (hours >= 100) {
    out += std::to_string(hours);
  } else {
    append_two_digits(out, hours);
  }
  out += ':';
  append_two_digits(out, milliseconds / 60'000 % 60);
  out += ':';
  append_two_digits(out, milliseconds / 1000 % 60);
  if (milliseconds % 1000 == 0) return;
  out += '.';
  out += static_cast<char>('0' + milliseconds / 100 % 10);
  append_two_digits(out, milliseconds % 100);
}

// Digits with at most one point, few enough to be shown as they are.
bool is_short_decimal(std::string_view number) {
  int digits = 0;
  int points = 0;
  for (const char c : number.substr(number.starts_with('-') ? 1 : 0)) {
    digits += c >= '0' && c <= '9';
    points += c == '.';
    if (c != '.' && (c < '0' || c > '9')) return false;
  }
  return digits > 0 && digits <= significant_digits && points <= 1;
}

void append_short_decimal(std::string& out, std::string_view number) {
  if (number.find('.') != std::string_view::npos) {
    while (number.ends_with('0')) number.remove_suffix(1);
    if (number.ends_with('.')) number.remove_suffix(1);
  }
  out += number == "-0" ? "0" : number;
}

// From "d.ddddde±xx" to plain digits.
void append_plain(std::string& out, std::string_view scientific) {
  const std::size_t mark = scientific.find('e');
  int exponent = 0;
  const char* const from = scientific.data() + mark + (scientific[mark + 1] == '+' ? 2 : 1);
  std::from_chars(from, scientific.data() + scientific.size(), exponent);
  std::string digits;
  for (const char c : scientific.substr(0, mark)) {
    if (c >= '0' && c <= '9') digits += c;
  }
  while (digits.size() > 1 && digits.back() == '0') digits.pop_back();
  if (scientific.starts_with('-')) out += '-';
  if (exponent > max_plain_exponent || exponent < -max_plain_exponent) {
    out += digits.substr(0, 1);
    if (digits.size() > 1) out += "." + digits.substr(1);
    out += "E" + std::to_string(exponent);
    return;
  }
  if (exponent < 0) digits.insert(0, static_cast<std::size_t>(-exponent), '0');
  const auto whole = static_cast<std::size_t>(std::max(exponent, 0)) + 1;
  if (digits.size() < whole) digits.append(whole - digits.size(), '0');
  out.append(digits, 0, whole);
  if (digits.size() > whole) out += "." + digits.substr(whole);
}

}  // namespace

NumberKind kind_of_builtin_format(int id) {
  if (id == 22) return NumberKind::date_time;
  const bool time = (id >= 18 && id <= 21) || (id >= 45 && id <= 47) || (id >= 32 && id <= 35) ||
                    id == 55 || id == 56;
  if (time) return NumberKind::time;
  const bool date = (id >= 14 && id <= 17) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
  return date ? NumberKind::date : NumberKind::number;
}

NumberKind kind_of_format(std::string_view format) {
  FormatLetters letters;
  for (std::size_t i = 0; i < format.size() && format[i] != ';'; ++i) {
    const char c = format[i];
    if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (c == '"' || c == '[') {
      const std::size_t end = format.find(c == '"' ? '"' : ']', i + 1);
      if (end == std::string_view::npos) break;
      letters.hour_or_second |= c == '[' && counts_time(format.substr(i + 1, end - i - 1));
      i = end;
    } else {
      letters.year_or_day |= is_weekday(format.substr(i));
      letters.add(lower(c));
    }
  }
  return letters.kind();
}

Result<std::vector<NumberKind>> read_styles(ZipArchive& archive, const std::string& part) {
  StylesHandler handler;
  LP_CHECK(read_xml_part(archive, part, handler));
  return handler.kinds();
}

bool append_serial(std::string& out, double serial, NumberKind kind, bool since_1904) {
  if (!(serial >= 0) || serial >= serials) return false;
  const std::int64_t milliseconds = std::llround(serial * milliseconds_per_day);
  const std::int64_t days = milliseconds / milliseconds_per_day;
  const std::int64_t of_day = milliseconds % milliseconds_per_day;
  // A clock shows the time of a day, a duration may have more hours than that; whole dates in a
  // column of times are dates all the same.
  constexpr std::int64_t longest_duration = 1000;
  if (kind == NumberKind::time && days < longest_duration) {
    append_time(out, milliseconds);
    return true;
  }
  if (!since_1904 && (days == 0 || days == no_such_serial)) return false;
  const std::int64_t before_leap = days < no_such_serial ? 1 : 0;
  const std::int64_t day = since_1904 ? days - epoch_of_1904 : days + before_leap - epoch_of_1900;
  append_date(out, static_cast<Day>(day));
  if (of_day == 0 && kind != NumberKind::date_time) return true;
  out += ' ';
  append_time(out, of_day);
  return true;
}

void append_number(std::string& out, std::string_view number) {
  if (is_short_decimal(number)) {
    append_short_decimal(out, number);
    return;
  }
  double value = 0;
  const char* const end = number.data() + number.size();
  const auto [read_to, problem] = std::from_chars(number.data(), end, value);
  if (problem != std::errc() || read_to != end || !std::isfinite(value)) {
    out += number;
    return;
  }
  std::array<char, 32> digits;
  const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), value,
                                     std::chars_format::scientific, significant_digits - 1);
  append_plain(out, {digits.data(), static_cast<std::size_t>(written.ptr - digits.data())});
}

}  // namespace linchpin::tabular
