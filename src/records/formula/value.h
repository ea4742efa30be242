#pragma once

// What a formula computes with, and the types that its parts have.

#include <string>
#include <variant>

#include "base/date.h"
#include "records/formula/number.h"

namespace linchpin::formula {

enum class Type { nothing, number, text, boolean, date, datetime };
std::string_view type_name(Type type);

struct Date {
  Day day = 0;
};
struct Moment {
  Instant at = 0;
};

// Empty text and no value are the same: monostate.
using Value = std::variant<std::monostate, Number, std::string, bool, Date, Moment>;

inline bool is_blank(const Value& value) {
  return std::holds_alternative<std::monostate>(value);
}
inline Value text_value(std::string text) {
  return text.empty() ? Value() : Value(std::move(text));
}
inline Value number_value(MaybeNumber number) {
  return number ? Value(*number) : Value();
}

// "" for a blank; numbers without zeros at the end, days and instants in ISO form.
std::string text_form(const Value& value);
// Texts are equal regardless of case and width, as in filters. A blank equals a blank only.
bool equal(const Value& a, const Value& b);
// Of two values of one type; empty when either is blank.
std::optional<int> order(const Value& a, const Value& b);

// What surrounds one evaluation. Nothing of it changes a formula that is stored.
struct Frame {
  Instant now = 0;
  const TimeZone* time_zone = nullptr;
  std::string me;  // the reader's id

  Day today() const { return time_zone->local_day(now); }
};

// The day of a date or, in the workspace's time zone, of an instant.
std::optional<Day> day_of(const Value& value, const Frame& frame);

}  // namespace linchpin::formula
