#pragma once

// The words of a formula. Full-width forms and the signs of Chinese input methods (，（）“”≤ ×)
// mean the same as their ASCII twins, except within texts.

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "records/formula/number.h"

namespace linchpin::formula {

constexpr std::size_t max_source_characters = 4'000;

enum class Sign {
  end,
  number,
  text,
  name,  // field, path, function or TRUE, FALSE, NULL
  open,
  close,
  comma,
  plus,
  minus,
  times,
  over,
  power,
  percent,
  join,
  eq,
  ne,
  lt,
  lte,
  gt,
  gte,
};

struct Token {
  Sign sign = Sign::end;
  std::size_t position = 1;  // of its first character, counted from 1
  std::string text;          // as written; of a text without its quotes
  Number number;
};

// What is wrong at a character. Becomes validation_failed with {position} and `params`.
Error formula_error(std::string code, std::size_t position, ErrorParams params = {});

// The last token is `end`. Errors: formula_too_long {max}, formula_open_text, formula_wrong_number,
// formula_unexpected {found}.
Result<std::vector<Token>> read_tokens(std::string_view source);

}  // namespace linchpin::formula
