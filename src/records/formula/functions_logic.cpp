#include <array>

#include "base/utf8.h"
#include "records/formula/functions.h"

namespace linchpin::formula {

namespace {

bool is_true(const Value& value) {
  const auto* flag = std::get_if<bool>(&value);
  return flag && *flag;
}

Value all_of(Arguments args, const Frame&) {
  return std::all_of(args.begin(), args.end(), is_true);
}

Value any_of(Arguments args, const Frame&) {
  return std::any_of(args.begin(), args.end(), is_true);
}

Value opposite(Arguments args, const Frame&) {
  return !is_true(args[0]);
}

Value choose(Arguments args, const Frame&) {
  if (is_true(args[0])) return args[1];
  return args.size() > 2 ? args[2] : Value();
}

Value first_that_holds(Arguments args, const Frame&) {
  for (std::size_t i = 0; i + 1 < args.size(); i += 2) {
    if (is_true(args[i])) return args[i + 1];
  }
  return {};
}

// A last argument without a partner is what holds otherwise.
Value by_case(Arguments args, const Frame&) {
  std::size_t i = 1;
  for (; i + 1 < args.size(); i += 2) {
    if (equal(args[0], args[i])) return args[i + 1];
  }
  return i < args.size() ? args[i] : Value();
}

Value blank(Arguments args, const Frame&) {
  return is_blank(args[0]);
}

Value first_present(Arguments args, const Frame&) {
  for (const Value& value : args) {
    if (!is_blank(value)) return value;
  }
  return {};
}

constexpr std::array functions_of_logic{
    Function{"IF", "logic", "baa", 2, 3, Answer::of_branches, When::stored, choose},
    Function{"IFS", "logic", "ba", 2, max_arguments, Answer::of_pairs, When::stored,
             first_that_holds},
    Function{"SWITCH", "logic", "a", 3, max_arguments, Answer::of_cases, When::stored, by_case},
    Function{"AND", "logic", "b", 1, max_arguments, Answer::boolean, When::stored, all_of},
    Function{"OR", "logic", "b", 1, max_arguments, Answer::boolean, When::stored, any_of},
    Function{"NOT", "logic", "b", 1, 1, Answer::boolean, When::stored, opposite},
    Function{"ISBLANK", "logic", "a", 1, 1, Answer::boolean, When::stored, blank},
    Function{"IFBLANK", "logic", "a", 2, 2, Answer::of_first, When::stored, first_present},
    Function{"COALESCE", "logic", "a", 1, max_arguments, Answer::of_first, When::stored,
             first_present},
};

}  // namespace

std::span<const Function> logic_functions() {
  return functions_of_logic;
}

Value bounded_text(std::string text) {
  if (text.size() <= max_text_characters) return text_value(std::move(text));
  std::size_t at = 0;
  for (std::size_t i = 0; i < max_text_characters && at < text.size(); ++i) {
    at += code_point_at(text, at).size;
  }
  text.resize(std::min(at, text.size()));
  return text_value(std::move(text));
}

const Function* function_named(std::string_view name) {
  for (const auto& group :
       {logic_functions(), number_functions(), text_functions(), date_functions()}) {
    for (const Function& function : group) {
      if (function.name == name) return &function;
    }
  }
  return nullptr;
}

}  // namespace linchpin::formula
