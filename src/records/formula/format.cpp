#include "records/formula/format.h"

#include <algorithm>

namespace linchpin::formula {

namespace {

constexpr std::int64_t milliseconds_of_second = 1'000;
constexpr std::string_view number_signs = "#0,.%";

std::string grouped(const std::string& digits) {
  const std::size_t begin = digits.starts_with('-') ? 1 : 0;
  const std::size_t end = std::min(digits.find('.'), digits.size());
  std::string out = digits;
  for (std::size_t at = end; at > begin + 3; at -= 3) out.insert(at - 3, 1, ',');
  return out;
}

std::string format_number(Number number, std::string_view format) {
  const std::size_t first = format.find_first_of("#0");
  if (first == format.npos) return plain_text(number);
  const std::size_t behind = std::min(format.find_first_not_of(number_signs, first), format.size());
  std::string_view pattern = format.substr(first, behind - first);
  if (pattern.find('%') != pattern.npos) {
    number = multiply(number, Number{100, 0}).value_or(number);
  }
  const std::size_t point = pattern.find('.');
  int places = 0;
  int needed = 0;
  if (point != pattern.npos) {
    for (const char c : pattern.substr(point)) {
      places += c == '0' || c == '#';
      if (c == '0') needed = places;
    }
  }
  places = std::min(places, max_scale);
  std::string digits = fixed_text(number, places);
  while (places > needed && digits.ends_with('0')) {
    digits.pop_back();
    --places;
  }
  if (digits.ends_with('.')) digits.pop_back();
  const std::string_view wholes = pattern.substr(0, std::min(point, pattern.size()));
  const auto zeros = static_cast<std::size_t>(std::count(wholes.begin(), wholes.end(), '0'));
  const std::size_t begin = digits.starts_with('-') ? 1 : 0;
  const std::size_t length = std::min(digits.find('.'), digits.size()) - begin;
  if (length < zeros) digits.insert(begin, zeros - length, '0');
  if (wholes.find(',') != wholes.npos) digits = grouped(digits);
  if (pattern.find('%') != pattern.npos) digits += '%';
  return std::string(format.substr(0, first)) + digits + std::string(format.substr(behind));
}

std::string padded(std::int64_t number, std::size_t width) {
  std::string text = std::to_string(number);
  if (text.size() < width) text.insert(0, width - text.size(), '0');
  return text;
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string format_day(Day day, std::int64_t second, std::string_view format) {
  const CivilDate date = civil_of(day);
  std::string out;
  bool after_hour = false;
  for (std::size_t at = 0; at < format.size();) {
    const char letter = lower(format[at]);
    std::size_t count = 1;
    while (at + count < format.size() && lower(format[at + count]) == letter) ++count;
    const std::size_t width = count > 1 ? 2 : 1;
    switch (letter) {
      case 'y':
        out += count > 2 ? padded(date.year, 4) : padded(date.year % 100, 2);
        break;
      case 'm':
        out += after_hour ? padded(second / 60 % 60, width) : padded(date.month, width);
        break;
      case 'd':
        out += padded(date.day, width);
        break;
      case 'h':
        out += padded(second / 3600, width);
        break;
      case 's':
        out += padded(second % 60, width);
        break;
      default:
        out.append(format.substr(at, count));
    }
    if (letter == 'h') after_hour = true;
    if (letter == 'y' || letter == 'd') after_hour = false;
    at += count;
  }
  return out;
}

}  // namespace

std::string format_value(const Value& value, std::string_view format, const Frame& frame) {
  if (const auto* number = std::get_if<Number>(&value)) return format_number(*number, format);
  if (const auto* date = std::get_if<Date>(&value)) return format_day(date->day, 0, format);
  if (const auto* moment = std::get_if<Moment>(&value)) {
    const Day day = frame.time_zone->local_day(moment->at);
    const std::int64_t since = moment->at - frame.time_zone->start_of_day(day);
    return format_day(day, since / milliseconds_of_second, format);
  }
  return text_form(value);
}

}  // namespace linchpin::formula
