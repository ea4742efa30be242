// A formula: it is refused with the character at fault, or it computes a value of its own type.

#include <charconv>

#include "base/text.h"
#include "fuzz.h"
#include "records/formula/formula.h"

namespace linchpin::fuzz {
using formula::Type;
using formula::Value;

namespace {

tl::expected<Type, std::string> type_of(std::string_view name) {
  if (name == "n") return Type::number;
  if (name == "t") return Type::text;
  if (name == "f") return Type::boolean;
  if (name == "d") return Type::date;
  if (name == "m") return Type::datetime;
  return tl::unexpected(std::string("formula_unknown_field"));
}

Value value_of(std::string_view name) {
  if (name == "n") return formula::Number{-1'234'567, 3};
  if (name == "t") return std::string("重庆 Ａb");
  if (name == "f") return true;
  if (name == "d") return formula::Date{20'000};
  return formula::Moment{1'790'000'000'000};
}

bool fits(Type type, const Value& value) {
  if (formula::is_blank(value)) return true;
  switch (type) {
    case Type::nothing:
      return false;
    case Type::number:
      return std::holds_alternative<formula::Number>(value);
    case Type::text:
      return std::holds_alternative<std::string>(value);
    case Type::boolean:
      return std::holds_alternative<bool>(value);
    case Type::date:
      return std::holds_alternative<formula::Date>(value);
    case Type::datetime:
      return std::holds_alternative<formula::Moment>(value);
  }
  return false;
}

void claim_place(const Error& error, std::string_view source) {
  claim_fault_of_caller(error);
  claim(error.problems.size() == 1, "one thing is wrong");
  std::size_t position = 0;
  for (const auto& [name, value] : error.problems.front().params) {
    if (name == "position") std::from_chars(value.data(), value.data() + value.size(), position);
  }
  claim(position >= 1 && position <= source.size() + 1, "the place is in the text");
}

}  // namespace

int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  static const TimeZone zone = *TimeZone::named("Asia/Shanghai");
  const std::string_view source = text_of(data, size);
  const Result<formula::Formula> compiled = formula::compile(source, type_of);
  if (!compiled) {
    claim_place(compiled.error(), source);
    return 0;
  }
  std::vector<Value> inputs;
  for (const std::string& name : compiled->inputs) inputs.push_back(value_of(name));
  const formula::Frame frame{1'790'000'000'000, &zone, "0A1BC2DE3FG4H"};
  const Value value = formula::evaluate(*compiled, inputs, frame);
  claim(fits(compiled->type, value), "the value has the type of the formula");
  claim(is_utf8(formula::text_form(value)), "it can be written");
  return 0;
}

}  // namespace linchpin::fuzz
