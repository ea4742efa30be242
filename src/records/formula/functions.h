#pragma once

// The functions of formulas: their signatures and what they do. Help texts are in locales/ under
// "formula.<NAME>.help", the way they are written under "formula.<NAME>.usage".

#include <span>
#include <string_view>

#include "records/formula/value.h"

namespace linchpin::formula {

constexpr std::size_t max_arguments = 100;
constexpr std::size_t max_text_characters = 20'000;  // longer results are cut

// What a function makes of its arguments' types.
enum class Answer {
  number,
  text,
  boolean,
  date,
  datetime,
  of_first,     // the type of the first argument, with which all others agree
  like_first,   // the type of the first argument
  of_branches,  // IF: the second and third agree
  of_pairs,     // IFS: every second one agrees
  of_cases,     // SWITCH: cases agree with the first, results with each other
};

enum class When {
  stored,   // depends on its arguments only
  at_read,  // depends on the day, the hour or the reader
  by_zone,  // as at_read when one of its arguments is a datetime
};

using Arguments = std::span<const Value>;
using Evaluate = Value (*)(Arguments, const Frame&);

struct Function {
  std::string_view name;
  std::string_view group;  // logic, number, text, date
  // One letter for each argument: n number, t text, b boolean, m date or datetime, a any.
  // The last one stands for all that follow.
  std::string_view takes;
  std::size_t least;
  std::size_t most;
  Answer answer;
  When when;
  Evaluate evaluate;
};

// By name in capitals; null when there is none.
const Function* function_named(std::string_view name);
// All, in the order in which a list of them reads best.
std::span<const Function> logic_functions();
std::span<const Function> number_functions();
std::span<const Function> text_functions();
std::span<const Function> date_functions();

// At most max_text_characters of it.
Value bounded_text(std::string text);

}  // namespace linchpin::formula
