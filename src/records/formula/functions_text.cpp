#include <array>
#include <map>

#include "base/text.h"
#include "base/utf8.h"
#include "records/formula/format.h"
#include "records/formula/functions.h"

namespace linchpin::formula {

namespace {

std::u32string characters(const Value& value) {
  return to_code_points(text_form(value));
}

std::string utf8(std::u32string_view text) {
  std::string out;
  for (const char32_t c : text) append_utf8(out, c);
  return out;
}

// A count of characters; empty when it is not a whole number or negative.
std::optional<std::size_t> count_of(const Value& value) {
  const auto* number = std::get_if<Number>(&value);
  const auto count = number ? whole(*number) : std::nullopt;
  if (!count || *count < 0) return {};
  return static_cast<std::size_t>(*count);
}

Value length(Arguments args, const Frame&) {
  return Number{static_cast<WideUnits>(characters(args[0]).size()), 0};
}

Value left(Arguments args, const Frame&) {
  const auto count = args.size() > 1 ? count_of(args[1]) : 1;
  if (!count) return {};
  return text_value(utf8(characters(args[0]).substr(0, *count)));
}

Value right(Arguments args, const Frame&) {
  const auto count = args.size() > 1 ? count_of(args[1]) : 1;
  if (!count) return {};
  const std::u32string text = characters(args[0]);
  return text_value(utf8(text.substr(text.size() - std::min(text.size(), *count))));
}

Value middle(Arguments args, const Frame&) {
  const auto start = count_of(args[1]);
  const auto count = count_of(args[2]);
  const std::u32string text = characters(args[0]);
  if (!start || !count || *start == 0 || *start > text.size()) return {};
  return text_value(utf8(text.substr(*start - 1, *count)));
}

// Letters of both cases by code point, full-width forms left out: they are not another case.
struct Cases {
  std::map<char32_t, char32_t> lower;
  std::map<char32_t, char32_t> upper;
};

const Cases& cases() {
  static const Cases made = [] {
    constexpr char32_t first_wide = 0x3000;
    Cases out;
    const std::u32string from = to_code_points(fold_table().from);
    const std::u32string to = to_code_points(fold_table().to);
    for (std::size_t i = 0; i < from.size(); ++i) {
      if (from[i] >= first_wide) continue;
      out.lower.emplace(from[i], to[i]);
      out.upper.emplace(to[i], from[i]);
    }
    return out;
  }();
  return made;
}

Value in_case(const Value& value, const std::map<char32_t, char32_t>& table) {
  std::u32string text = characters(value);
  for (char32_t& c : text) {
    const auto found = table.find(c);
    if (found != table.end()) c = found->second;
  }
  return text_value(utf8(text));
}

Value upper(Arguments args, const Frame&) {
  return in_case(args[0], cases().upper);
}
Value lower(Arguments args, const Frame&) {
  return in_case(args[0], cases().lower);
}

Value trim_blanks(Arguments args, const Frame&) {
  return text_value(trimmed(text_form(args[0])));
}

// Every occurrence, or the one whose number is given.
Value substitute(Arguments args, const Frame&) {
  const std::string text = text_form(args[0]);
  const std::string from = text_form(args[1]);
  const std::string to = text_form(args[2]);
  const auto wanted = args.size() > 3 ? count_of(args[3]) : 0;
  if (!wanted || (args.size() > 3 && *wanted == 0)) return {};
  if (from.empty()) return args[0];
  std::string out;
  std::size_t at = 0;
  for (std::size_t number = 1; out.size() <= 4 * max_text_characters; ++number) {
    const std::size_t found = text.find(from, at);
    if (found == text.npos) break;
    out.append(text, at, found - at);
    out += *wanted == 0 || *wanted == number ? to : from;
    at = found + from.size();
  }
  return bounded_text(out.append(text, at));
}

// The place of the first occurrence, counted from 1; blank when there is none.
Value find(Arguments args, const Frame&) {
  const auto start = args.size() > 2 ? count_of(args[2]) : 1;
  if (!start || *start == 0) return {};
  const auto at = characters(args[1]).find(characters(args[0]), *start - 1);
  if (at == std::u32string::npos) return {};
  return Number{static_cast<WideUnits>(at) + 1, 0};
}

Value contains(Arguments args, const Frame&) {
  return fold(text_form(args[0])).find(fold(text_form(args[1]))) != std::string::npos;
}

Value concat(Arguments args, const Frame&) {
  std::string out;
  for (const Value& value : args) {
    out += text_form(value);
    if (out.size() > 4 * max_text_characters) break;
  }
  return bounded_text(std::move(out));
}

Value formatted(Arguments args, const Frame& frame) {
  return bounded_text(format_value(args[0], text_form(args[1]), frame));
}

// "1,200.50" and "12%" count as numbers.
Value value_of_text(Arguments args, const Frame&) {
  std::string text = trimmed(fold(text_form(args[0])));
  std::erase(text, ',');
  const bool percent = text.ends_with('%');
  if (percent) text.pop_back();
  const auto number = parse_number(text);
  if (!number) return {};
  return percent ? number_value(divide(*number, Number{100, 0})) : Value(*number);
}

constexpr std::array functions_of_text{
    Function{"CONCAT", "text", "a", 1, max_arguments, Answer::text, When::stored, concat},
    Function{"TEXT", "text", "at", 2, 2, Answer::text, When::by_zone, formatted},
    Function{"VALUE", "text", "t", 1, 1, Answer::number, When::stored, value_of_text},
    Function{"LEN", "text", "t", 1, 1, Answer::number, When::stored, length},
    Function{"LEFT", "text", "tn", 1, 2, Answer::text, When::stored, left},
    Function{"RIGHT", "text", "tn", 1, 2, Answer::text, When::stored, right},
    Function{"MID", "text", "tnn", 3, 3, Answer::text, When::stored, middle},
    Function{"UPPER", "text", "t", 1, 1, Answer::text, When::stored, upper},
    Function{"LOWER", "text", "t", 1, 1, Answer::text, When::stored, lower},
    Function{"TRIM", "text", "t", 1, 1, Answer::text, When::stored, trim_blanks},
    Function{"SUBSTITUTE", "text", "tttn", 3, 4, Answer::text, When::stored, substitute},
    Function{"FIND", "text", "ttn", 2, 3, Answer::number, When::stored, find},
    Function{"CONTAINS", "text", "tt", 2, 2, Answer::boolean, When::stored, contains},
};

}  // namespace

std::span<const Function> text_functions() {
  return functions_of_text;
}

}  // namespace linchpin::formula
