#pragma once

// From words to a tree, by the precedence of spreadsheets: %, then the sign of a number, ^, * and
// /,
// + and -, &, comparisons. Operators of one level are taken from the left.

#include <string>
#include <string_view>
#include <vector>

#include "records/formula/lexer.h"
#include "records/formula/value.h"

namespace linchpin::formula {

constexpr int max_depth = 64;
constexpr std::size_t max_nodes = 1'000;

struct Function;

struct Node {
  enum class Kind { literal, field, unary, binary, call };
  Kind kind = Kind::literal;
  std::size_t position = 1;
  Value literal;
  std::string name;                    // of a field as written, of a call, of an operator
  Sign op = Sign::end;                 // unary: minus, plus, percent
  const Function* function = nullptr;  // of a call; set by the check
  std::size_t input = 0;               // of a field: its place among the inputs; set by the check
  Type type = Type::nothing;           // set by the check
  std::vector<Node> args;
};

// Errors: those of read_tokens; formula_unexpected {found}, formula_unfinished,
// formula_too_deep {max}, formula_too_large {max}.
Result<Node> parse(std::string_view source);

}  // namespace linchpin::formula
