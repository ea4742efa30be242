// Types: every operator and function gets what it can work with, or the place where it does not.

#include <algorithm>

#include "records/formula/formula.h"
#include "records/formula/functions.h"

namespace linchpin::formula {

namespace {

bool is_time(Type type) {
  return type == Type::date || type == Type::datetime;
}

// A blank is of every type.
bool fits(char taken, Type type) {
  if (type == Type::nothing) return true;
  switch (taken) {
    case 'n':
      return type == Type::number;
    case 't':
      return type == Type::text;
    case 'b':
      return type == Type::boolean;
    case 'm':
      return is_time(type);
    default:
      return true;
  }
}

std::string_view name_of(char taken) {
  switch (taken) {
    case 'n':
      return "number";
    case 't':
      return "text";
    case 'b':
      return "boolean";
    default:
      return "date, datetime";
  }
}

Error differ(const Node& node, Type first, Type second) {
  return formula_error(
      "formula_types_differ", node.position,
      {{"first", std::string(type_name(first))}, {"second", std::string(type_name(second))}});
}

class Checker {
 public:
  Checker(const FieldTypes& types, Formula& formula) : types_(types), formula_(formula) {}

  Status check(Node& node) {
    for (Node& arg : node.args) LP_CHECK(check(arg));
    switch (node.kind) {
      case Node::Kind::literal:
        return check_literal(node);
      case Node::Kind::field:
        return check_field(node);
      case Node::Kind::unary:
        return expect_number(node, node.args[0]);
      case Node::Kind::binary:
        return check_binary(node);
      case Node::Kind::call:
        return check_call(node);
    }
    return {};
  }

 private:
  static Status check_literal(Node& node) {
    if (std::holds_alternative<Number>(node.literal)) node.type = Type::number;
    if (std::holds_alternative<bool>(node.literal)) node.type = Type::boolean;
    return {};
  }

  Status check_field(Node& node) {
    const auto type = types_(node.name);
    if (!type) return formula_error(type.error(), node.position, {{"name", node.name}});
    node.type = *type;
    auto& inputs = formula_.inputs;
    const auto known = std::find(inputs.begin(), inputs.end(), node.name);
    node.input = static_cast<std::size_t>(known - inputs.begin());
    if (known == inputs.end()) inputs.push_back(node.name);
    return {};
  }

  static Error wrong_operand(const Node& node, Type found) {
    return formula_error("formula_wrong_operand", node.position,
                         {{"operator", node.name}, {"found", std::string(type_name(found))}});
  }

  static Status expect_number(Node& node, const Node& arg) {
    if (!fits('n', arg.type)) return wrong_operand(node, arg.type);
    node.type = Type::number;
    return {};
  }

  // Days may be added to a date and taken from it; two of a kind differ by a number of days.
  static Status check_sum(Node& node) {
    const Type left = node.args[0].type;
    const Type right = node.args[1].type;
    const bool difference = node.op == Sign::minus;
    if (is_time(left) && fits('n', right) && right != Type::nothing) {
      node.type = left;
    } else if (is_time(right) && fits('n', left) && left != Type::nothing && !difference) {
      node.type = right;
    } else if (is_time(left) && difference && (left == right || right == Type::nothing)) {
      node.type = Type::number;
    } else if (!fits('n', left)) {
      return wrong_operand(node, left);
    } else if (!fits('n', right)) {
      return wrong_operand(node, right);
    } else {
      node.type = Type::number;
    }
    return {};
  }

  static Status check_binary(Node& node) {
    const Type left = node.args[0].type;
    const Type right = node.args[1].type;
    switch (node.op) {
      case Sign::plus:
      case Sign::minus:
        return check_sum(node);
      case Sign::join:
        node.type = Type::text;
        return {};
      case Sign::times:
      case Sign::over:
      case Sign::power:
        LP_CHECK(expect_number(node, node.args[0]));
        return expect_number(node, node.args[1]);
      default:
        if (left != right && left != Type::nothing && right != Type::nothing) {
          return differ(node, left, right);
        }
        node.type = Type::boolean;
        return {};
    }
  }

  Status check_call(Node& node) {
    node.function = function_named(node.name);
    if (!node.function) {
      return formula_error("formula_unknown_function", node.position, {{"name", node.name}});
    }
    const Function& function = *node.function;
    if (node.args.size() < function.least || node.args.size() > function.most) {
      return formula_error("formula_argument_count", node.position,
                           {{"name", node.name},
                            {"least", std::to_string(function.least)},
                            {"most", std::to_string(function.most)}});
    }
    bool has_moment = false;
    for (std::size_t i = 0; i < node.args.size(); ++i) {
      const char taken = letter(function, i);
      const Type found = node.args[i].type;
      has_moment = has_moment || found == Type::datetime;
      if (fits(taken, found)) continue;
      return formula_error("formula_wrong_argument", node.args[i].position,
                           {{"name", node.name},
                            {"number", std::to_string(i + 1)},
                            {"expected", std::string(name_of(taken))},
                            {"found", std::string(type_name(found))}});
    }
    if (function.when == When::at_read || (function.when == When::by_zone && has_moment)) {
      formula_.at_read = true;
    }
    return settle_answer(node);
  }

  // IFS takes conditions and answers by turns.
  static char letter(const Function& function, std::size_t i) {
    if (function.answer == Answer::of_pairs) return i % 2 == 0 ? 'b' : 'a';
    if (function.takes.empty()) return 'a';
    return function.takes[std::min(i, function.takes.size() - 1)];
  }

  static Status settle_answer(Node& node) {
    switch (node.function->answer) {
      case Answer::number:
        node.type = Type::number;
        return {};
      case Answer::text:
        node.type = Type::text;
        return {};
      case Answer::boolean:
        node.type = Type::boolean;
        return {};
      case Answer::date:
        node.type = Type::date;
        return {};
      case Answer::datetime:
        node.type = Type::datetime;
        return {};
      case Answer::like_first:
        node.type = node.args[0].type;
        return {};
      case Answer::of_first:
        return agree(node, 0, 1, node.args.size(), node.type);
      case Answer::of_branches:
        return agree(node, 1, 1, node.args.size(), node.type);
      case Answer::of_pairs:
        if (node.args.size() % 2 != 0) return incomplete(node);
        return agree(node, 1, 2, node.args.size(), node.type);
      case Answer::of_cases:
        return settle_cases(node);
    }
    return {};
  }

  static Error incomplete(const Node& node) {
    return formula_error("formula_incomplete_pairs", node.position, {{"name", node.name}});
  }

  // SWITCH(value, case, answer, case, answer, otherwise)
  static Status settle_cases(Node& node) {
    const std::size_t count = node.args.size();
    const bool has_other = count % 2 == 0;
    Type compared = node.args[0].type;
    for (std::size_t i = 1; i + 1 < count; i += 2) {
      LP_CHECK(join(node.args[i], compared));
    }
    for (std::size_t i = 2; i < count; i += 2) LP_CHECK(join(node.args[i], node.type));
    return has_other ? join(node.args[count - 1], node.type) : Status();
  }

  static Status agree(Node& node, std::size_t first, std::size_t step, std::size_t end,
                      Type& type) {
    for (std::size_t i = first; i < end; i += step) LP_CHECK(join(node.args[i], type));
    return {};
  }

  static Status join(const Node& arg, Type& type) {
    if (type == Type::nothing) type = arg.type;
    if (arg.type == type || arg.type == Type::nothing) return {};
    return differ(arg, type, arg.type);
  }

  const FieldTypes& types_;
  Formula& formula_;
};

std::string_view returns(const Function& function) {
  switch (function.answer) {
    case Answer::number:
      return "number";
    case Answer::text:
      return "text";
    case Answer::boolean:
      return "boolean";
    case Answer::date:
      return "date";
    case Answer::datetime:
      return "datetime";
    default:
      return "argument";
  }
}

}  // namespace

Result<Formula> compile(std::string_view source, const FieldTypes& types) {
  Formula formula;
  LP_TRY(formula.root, parse(source));
  LP_CHECK(Checker(types, formula).check(formula.root));
  formula.type = formula.root.type;
  return formula;
}

json::array describe_functions(const Texts& texts) {
  const auto both = [&](const std::string& key) {
    return json::object{{"zh-CN", texts.text(Language::zh_cn, key)},
                        {"en", texts.text(Language::en, key)}};
  };
  json::array list;
  for (const auto& group :
       {logic_functions(), number_functions(), text_functions(), date_functions()}) {
    for (const Function& function : group) {
      const std::string key = "formula." + std::string(function.name);
      list.push_back(json::object{{"name", function.name},
                                  {"group", function.group},
                                  {"usage", both(key + ".usage")},
                                  {"help", both(key + ".help")},
                                  {"returns", returns(function)}});
    }
  }
  return list;
}

}  // namespace linchpin::formula
