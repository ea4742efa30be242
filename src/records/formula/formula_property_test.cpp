#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "records/formula/formula.h"

namespace linchpin::formula {
namespace {

tl::expected<Type, std::string> types(std::string_view name) {
  if (name == "a" || name == "b") return Type::number;
  if (name == "t") return Type::text;
  if (name == "f") return Type::boolean;
  if (name == "d") return Type::date;
  if (name == "m.at") return Type::datetime;
  return tl::unexpected(std::string("formula_unknown_field"));
}

const TimeZone& zone() {
  static const TimeZone made = *TimeZone::named("Asia/Shanghai");
  return made;
}

// Values that are hard on arithmetic and calendars.
Value sample(std::string_view name, int choice) {
  const auto extreme = std::numeric_limits<std::int64_t>::max();
  if (name == "a") {
    const std::array<Value, 4> values{Number{extreme, 6}, Number{-extreme - 1, 0}, Number{0, 2},
                                      Value()};
    return values[static_cast<std::size_t>(choice) % values.size()];
  }
  if (name == "b") return Number{choice - 3, 1};
  if (name == "t") return choice % 2 == 0 ? Value() : Value(std::string("重庆 Ａb"));
  if (name == "f") return choice % 2 == 0;
  if (name == "d") return Date{choice * 1'000'003 % 2'900'000};
  return Moment{choice * 86'399'999'999};
}

rc::Gen<std::string> pieces() {
  const auto piece = rc::gen::element<std::string>(
      "a", "b", "t", "f", "d", "m.at", "1", "0", "2.5", "99999999999999999", "\"x\"", "\"", "+",
      "-", "*", "/", "^", "%", "&", "=", "<>", "<", ">=", "(", ")", ",", " ", "IF(", "IFS(",
      "SWITCH(", "ROUND(", "MOD(", "MID(", "LEFT(", "TEXT(", "\"#,##0.0%\"", "\"yyyy-mm\"", "DATE(",
      "DATEADD(", "EDATE(", "DATEDIF(", "TODAY()", "VALUE(", "SUBSTITUTE(", "FIND(", "NULL", "TRUE",
      "，", "（", "“", "重", "\xFF", "!");
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece),
                      [](const std::vector<std::string>& parts) {
                        std::string text;
                        for (const std::string& part : parts) text += part;
                        return text;
                      });
}

bool agrees(Type type, const Value& value) {
  if (is_blank(value)) return true;
  switch (type) {
    case Type::nothing:
      return false;
    case Type::number:
      return std::holds_alternative<Number>(value);
    case Type::text:
      return std::holds_alternative<std::string>(value);
    case Type::boolean:
      return std::holds_alternative<bool>(value);
    case Type::date:
      return std::holds_alternative<Date>(value);
    case Type::datetime:
      return std::holds_alternative<Moment>(value);
  }
  return false;
}

// Whatever is typed: a refusal that points into the source, or an answer of the checked type.
TEST(FormulaProperty, AnyTextIsRefusedOrComputed) {
  EXPECT_TRUE(rc::check([] {
    const std::string source = *pieces();
    const int choice = *rc::gen::inRange(0, 7);
    const auto formula = compile(source, types);
    if (!formula) {
      const FieldProblem& problem = formula.error().problems.front();
      RC_ASSERT(problem.params.back().first == "position");
      const auto position = std::stoul(problem.params.back().second);
      RC_ASSERT((position >= 1 && position <= source.size() + 1));
      return;
    }
    std::vector<Value> inputs;
    for (const std::string& name : formula->inputs) inputs.push_back(sample(name, choice));
    const Frame frame{choice * 1'700'000'000'000, &zone(), "1"};
    RC_ASSERT(agrees(formula->type, evaluate(*formula, inputs, frame)));
  }));
}

// Well-formed expressions, so that most of them are computed.
std::string number_expression(int depth) {
  const int kind = depth == 0 ? *rc::gen::inRange(0, 3) : *rc::gen::inRange(0, 12);
  const auto inner = [&] { return number_expression(depth - 1); };
  switch (kind) {
    case 0:
      return "a";
    case 1:
      return "b";
    case 2:
      return std::to_string(*rc::gen::inRange(0, 1000)) + ".5";
    case 3:
      return "(" + inner() + " + " + inner() + ")";
    case 4:
      return "(" + inner() + " - " + inner() + ")";
    case 5:
      return inner() + " * " + inner();
    case 6:
      return inner() + " / " + inner();
    case 7:
      return "IF(" + inner() + " < " + inner() + ", " + inner() + ", " + inner() + ")";
    case 8:
      return "ROUND(" + inner() + ", " + inner() + ")";
    case 9:
      return "MOD(" + inner() + ", " + inner() + ")";
    case 10:
      return "MAX(" + inner() + ", " + inner() + ")";
    default:
      return "-" + inner() + "%";
  }
}

TEST(FormulaProperty, ArithmeticNeverFails) {
  EXPECT_TRUE(rc::check([] {
    const std::string source = number_expression(4);
    if (source.size() > max_source_characters) return;
    const int choice = *rc::gen::inRange(0, 7);
    const auto formula = compile(source, types);
    if (!formula) {
      const std::string code = formula.error().problems.front().code;
      RC_ASSERT((code == "formula_too_large" || code == "formula_too_deep"));
      return;
    }
    std::vector<Value> inputs;
    for (const std::string& name : formula->inputs) inputs.push_back(sample(name, choice));
    const Frame frame{0, &zone(), "1"};
    RC_ASSERT(agrees(Type::number, evaluate(*formula, inputs, frame)));
  }));
}

TEST(FormulaProperty, SumsAndDifferencesAreExact) {
  EXPECT_TRUE(rc::check([](std::int64_t left, std::int64_t right) {
    const Number a{left, *rc::gen::inRange(0, 7)};
    const Number b{right, *rc::gen::inRange(0, 7)};
    const auto sum = add(a, b);
    RC_ASSERT(sum.has_value());
    RC_ASSERT(compare(*subtract(*sum, b), a) == 0);
    RC_ASSERT(compare(a, b) == -compare(b, a));
    const auto product = multiply(a, b);
    RC_ASSERT(product.has_value());
    if (b.units != 0 && product->scale < max_scale && std::abs(left) < 1'000'000'000 &&
        std::abs(right) < 1'000'000'000) {
      RC_ASSERT(compare(*divide(*product, b), a) == 0);
    }
    RC_ASSERT(compare(*parse_number(plain_text(a)), a) == 0);
  }));
}

}  // namespace
}  // namespace linchpin::formula
