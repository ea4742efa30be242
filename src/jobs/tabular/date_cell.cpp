#include <array>
#include <charconv>
#include <optional>

#include "base/text.h"
#include "jobs/tabular/cell_value.h"

namespace linchpin::tabular {
namespace {

constexpr int milliseconds_per_minute = 60'000;
constexpr std::size_t max_date_bytes = 64;
constexpr int max_zone_minutes = 14 * 60;
// Two-digit years are those of 1970–2069.
constexpr int first_short_year_of_1900 = 70;
// Excel serials of 1927–2173: five digits, so that years and small numbers are no dates.
constexpr std::size_t serial_digits = 5;
constexpr Day serial_epoch = 25'569;

constexpr std::array<std::string_view, 12> months{"jan", "feb", "mar", "apr", "may", "jun",
                                                  "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array<std::string_view, 12> long_months{
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december"};

Error wrong_date() {
  return Error::of(ErrorCode::validation_failed, "wrong_date");
}

struct Number {
  int value = 0;
  std::size_t digits = 0;
};

// Reads from the front of a text that is in lower case and half width.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  bool at_end() const { return rest_.empty(); }
  std::string_view rest() const { return rest_; }
  char peek() const { return rest_.empty() ? '\0' : rest_.front(); }

  bool accept(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }

  void skip_blanks() { rest_ = trim(rest_); }

  // At most `max_digits` digits; none when something else or a longer number follows.
  std::optional<Number> number(std::size_t max_digits) {
    std::size_t digits = 0;
    while (digits < rest_.size() && is_digit(rest_[digits])) ++digits;
    if (digits == 0 || digits > max_digits) return std::nullopt;
    Number number{0, digits};
    std::from_chars(rest_.data(), rest_.data() + digits, number.value);
    rest_.remove_prefix(digits);
    return number;
  }

  // Exactly so many digits, whatever follows.
  std::optional<int> digits(std::size_t count) {
    if (rest_.size() < count) return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (!is_digit(rest_[i])) return std::nullopt;
      value = value * 10 + (rest_[i] - '0');
    }
    rest_.remove_prefix(count);
    return value;
  }

  std::size_t digits_ahead() const {
    std::size_t digits = 0;
    while (digits < rest_.size() && is_digit(rest_[digits])) ++digits;
    return digits;
  }

  // The month that the next word names, from 1.
  std::optional<int> month_name() {
    std::size_t size = 0;
    while (size < rest_.size() && rest_[size] >= 'a' && rest_[size] <= 'z') ++size;
    const std::string_view word = rest_.substr(0, size);
    for (std::size_t i = 0; i < months.size(); ++i) {
      const bool september = i == 8 && word == "sept";
      if (word != months[i] && word != long_months[i] && !september) continue;
      rest_.remove_prefix(size);
      accept(".");
      return static_cast<int>(i) + 1;
    }
    return std::nullopt;
  }

 private:
  static bool is_digit(char c) { return c >= '0' && c <= '9'; }

  std::string_view rest_;
};

int full_year(Number year) {
  if (year.digits != 2) return year.value;
  return year.value + (year.value >= first_short_year_of_1900 ? 1900 : 2000);
}

bool is_year(Number number) {
  return number.digits == 4 || number.digits == 2;
}

Result<Day> day_of_civil(CivilDate date) {
  std::string text = std::to_string(date.year);
  text.insert(0, text.size() < 4 ? 4 - text.size() : 0, '0');
  for (const int part : {date.month, date.day}) {
    text += part < 10 ? "-0" : "-";
    text += std::to_string(part);
  }
  return parse_date(text);
}

// Three numbers in the order of `format`, or in the one that they themselves give away.
Result<Day> order_parts(std::array<Number, 3> parts, char separator, std::string_view format) {
  const auto [first, second, third] = parts;
  if (second.digits > 2) return wrong_date();
  if (first.digits == 4 || format == "ymd") {
    if (!is_year(first) || third.digits > 2) return wrong_date();
    return day_of_civil({full_year(first), second.value, third.value});
  }
  const bool short_year_allowed = !format.empty();
  if (first.digits > 2 || !is_year(third)) return wrong_date();
  if (third.digits == 2 && !short_year_allowed) return wrong_date();
  bool day_first = format == "dmy";
  if (format.empty()) day_first = (separator == '.' || first.value > 12) && second.value <= 12;
  if (day_first) return day_of_civil({full_year(third), second.value, first.value});
  return day_of_civil({full_year(third), first.value, second.value});
}

class DateReader {
 public:
  DateReader(std::string_view text, std::string_view format) : scan_(text), format_(format) {}

  Result<DateCell> read() {
    const std::size_t digits = scan_.digits_ahead();
    if (digits == serial_digits) return read_serial();
    if (digits == 14) return read_compact();
    LP_TRY(cell_.day, digits == 8 ? compact_day() : written_day());
    scan_.skip_blanks();
    if (scan_.at_end()) return cell_;
    scan_.accept("t");
    LP_TRY(std::int64_t time, time_of_day());
    cell_.milliseconds_of_day = time;
    scan_.skip_blanks();
    if (!scan_.at_end()) {
      LP_TRY(const int offset, zone_minutes());
      cell_.instant =
          cell_.day * milliseconds_per_day + time - std::int64_t{offset} * milliseconds_per_minute;
    }
    if (!scan_.at_end()) return wrong_date();
    return cell_;
  }

 private:
  Result<DateCell> read_serial() {
    const std::string_view text = scan_.rest();
    double serial = 0;
    const char* const end = text.data() + text.size();
    const auto [read_to, problem] =
        std::from_chars(text.data(), end, serial, std::chars_format::fixed);
    if (problem != std::errc() || read_to != end) return wrong_date();
    const auto milliseconds = static_cast<std::int64_t>(serial * milliseconds_per_day + 0.5);
    cell_.day = static_cast<Day>(milliseconds / milliseconds_per_day) - serial_epoch;
    const std::int64_t of_day = milliseconds % milliseconds_per_day;
    if (of_day != 0) cell_.milliseconds_of_day = of_day;
    return cell_;
  }

  // 20250305082600
  Result<DateCell> read_compact() {
    LP_TRY(cell_.day, compact_day());
    const int hour = scan_.digits(2).value_or(0);
    const int minute = scan_.digits(2).value_or(0);
    const int second = scan_.digits(2).value_or(0);
    if (!scan_.at_end() || hour > 23 || minute > 59 || second > 59) return wrong_date();
    cell_.milliseconds_of_day = (hour * 3600 + minute * 60 + second) * std::int64_t{1000};
    return cell_;
  }

  Result<Day> compact_day() {
    const int year = scan_.digits(4).value_or(0);
    const int month = scan_.digits(2).value_or(0);
    const int day = scan_.digits(2).value_or(0);
    return day_of_civil({year, month, day});
  }

  Result<Day> written_day() {
    if (const auto month = scan_.month_name()) return month_first(*month);
    const auto first = scan_.number(4);
    if (!first) return wrong_date();
    if (scan_.accept("年")) return chinese_day(*first);
    const char separator = scan_.peek();
    const bool known = separator == '-' || separator == '/' || separator == '.' || separator == ' ';
    if (!known) return wrong_date();
    scan_.accept({&separator, 1});
    if (const auto month = scan_.month_name()) return day_before_month(*first, *month);
    const auto second = scan_.number(2);
    if (!second || separator == ' ' || !scan_.accept({&separator, 1})) return wrong_date();
    const auto third = scan_.number(4);
    if (!third) return wrong_date();
    return order_parts({*first, *second, *third}, separator, format_);
  }

  Result<Day> chinese_day(Number year) {
    if (!is_year(year)) return wrong_date();
    scan_.skip_blanks();
    const auto month = scan_.number(2);
    if (!month || !scan_.accept("月")) return wrong_date();
    scan_.skip_blanks();
    const auto day = scan_.number(2);
    if (!day || !(scan_.accept("日") || scan_.accept("号"))) return wrong_date();
    return day_of_civil({full_year(year), month->value, day->value});
  }

  // "5-Mar-2025", "5 March 2025"
  Result<Day> day_before_month(Number day, int month) {
    if (day.digits > 2) return wrong_date();
    return year_behind(day, month);
  }

  // "Mar 5, 2025"
  Result<Day> month_first(int month) {
    scan_.skip_blanks();
    const auto day = scan_.number(2);
    if (!day) return wrong_date();
    return year_behind(*day, month);
  }

  Result<Day> year_behind(Number day, int month) {
    for (const std::string_view between : {",", "-", "/"}) {
      if (scan_.accept(between)) break;
    }
    scan_.skip_blanks();
    const auto year = scan_.number(4);
    if (!year || !is_year(*year)) return wrong_date();
    return day_of_civil({full_year(*year), month, day.value});
  }

  // "8:26", "08:26:00.5", "8:26 pm", "上午8时26分"
  Result<std::int64_t> time_of_day() {
    bool afternoon = scan_.accept("下午");
    bool half = afternoon || scan_.accept("上午");
    scan_.skip_blanks();
    const auto hour = scan_.number(2);
    if (!hour) return wrong_date();
    int minute = 0;
    int second = 0;
    int milliseconds = 0;
    if (scan_.accept("时") || scan_.accept("点")) {
      chinese_minutes(minute, second);
    } else if (!minutes(minute, second, milliseconds)) {
      return wrong_date();
    }
    scan_.skip_blanks();
    if (!half) {
      afternoon = scan_.accept("pm");
      half = afternoon || scan_.accept("am");
    }
    int hours = hour->value;
    if (half && (hours > 12 || (hours == 0 && !afternoon))) return wrong_date();
    if (half) hours = hours % 12 + (afternoon ? 12 : 0);
    if (hours > 23 || minute > 59 || second > 59) return wrong_date();
    return (hours * 3600 + minute * 60 + second) * std::int64_t{1000} + milliseconds;
  }

  void chinese_minutes(int& minute, int& second) {
    if (scan_.at_end() || scan_.accept("整")) return;
    const auto minutes = scan_.number(2);
    if (!minutes || !scan_.accept("分")) return;
    minute = minutes->value;
    const auto seconds = scan_.number(2);
    if (seconds && scan_.accept("秒")) second = seconds->value;
  }

  bool minutes(int& minute, int& second, int& milliseconds) {
    const auto minute_digits = scan_.accept(":") ? scan_.digits(2) : std::nullopt;
    if (!minute_digits) return false;
    minute = *minute_digits;
    if (!scan_.accept(":")) return true;
    const auto second_digits = scan_.digits(2);
    if (!second_digits) return false;
    second = *second_digits;
    if (!scan_.accept(".")) return true;
    if (scan_.digits_ahead() == 0) return false;
    for (int weight = 100; scan_.digits_ahead() > 0; weight /= 10) {
      milliseconds += weight * scan_.digits(1).value_or(0);
    }
    return true;
  }

  // "z", "+08:00", "+0800", "+8"
  Result<int> zone_minutes() {
    if (scan_.accept("z") || scan_.accept("utc") || scan_.accept("gmt")) return 0;
    const bool west = scan_.accept("-");
    if (!west && !scan_.accept("+")) return wrong_date();
    const bool joined = scan_.digits_ahead() == 4;
    const auto hours = scan_.number(joined ? 4 : 2);
    if (!hours) return wrong_date();
    int offset = joined ? hours->value / 100 * 60 + hours->value % 100 : hours->value * 60;
    if (!joined && scan_.accept(":")) {
      const auto extra = scan_.digits(2);
      if (!extra || *extra > 59) return wrong_date();
      offset += *extra;
    }
    if (offset > max_zone_minutes) return wrong_date();
    return west ? -offset : offset;
  }

  Scanner scan_;
  std::string_view format_;
  DateCell cell_;
};

}  // namespace

Result<DateCell> read_date(std::string_view text, std::string_view format) {
  text = trim(text);
  if (text.empty() || text.size() > max_date_bytes) return wrong_date();
  const std::string folded = fold(text);
  return DateReader(folded, format).read();
}

}  // namespace linchpin::tabular
