#pragma once

// The formula language, like that of spreadsheets: text in, checked program out, evaluated in
// memory. It knows nothing of records: whoever compiles says what the names of fields mean.
//
// A blank goes on: arithmetic with a blank is blank, a comparison other than = and <> with a blank
// is false, & takes a blank as "". Nothing fails at evaluation: division by zero, a date beyond the
// calendar, a text that is no number are all blank.

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/locale.h"
#include "records/formula/parser.h"
#include "records/formula/value.h"

namespace linchpin::formula {

struct Formula {
  Node root;
  Type type = Type::nothing;        // of the answer
  std::vector<std::string> inputs;  // fields and paths, in the order of evaluate's values
  bool at_read = false;             // depends on the day, the hour, the time zone or the reader
};

// The type of a field, or the code of what is wrong with the name: formula_unknown_field, ….
using FieldTypes = std::function<tl::expected<Type, std::string>(std::string_view name)>;

// Errors are validation_failed with one problem whose params hold {position}, the character at
// fault counted from 1. Codes: those of `parse` and of `types`, formula_unknown_function {name},
// formula_argument_count {name, least, most}, formula_wrong_argument {name, number, expected,
// found}, formula_wrong_operand {operator, found}, formula_types_differ {first, second}.
Result<Formula> compile(std::string_view source, const FieldTypes& types);

// `inputs` has one value for each of Formula::inputs.
Value evaluate(const Formula& formula, std::span<const Value> inputs, const Frame& frame);

// [{"name","group","usage","help","returns"}], usage and help in both languages: what
// GET /meta/functions answers.
json::array describe_functions(const Texts& texts);

}  // namespace linchpin::formula
