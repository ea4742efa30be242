#include "records/formula/parser.h"

#include <algorithm>

namespace linchpin::formula {

namespace {

constexpr int lowest_level = 1;

// How tightly an operator of two sides binds; 0 for anything else.
int level_of(Sign sign) {
  switch (sign) {
    case Sign::eq:
    case Sign::ne:
    case Sign::lt:
    case Sign::lte:
    case Sign::gt:
    case Sign::gte:
      return 1;
    case Sign::join:
      return 2;
    case Sign::plus:
    case Sign::minus:
      return 3;
    case Sign::times:
    case Sign::over:
      return 4;
    case Sign::power:
      return 5;
    default:
      return 0;
  }
}

std::string upper_case(std::string_view text) {
  std::string upper(text);
  for (char& c : upper) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return upper;
}

class Parser {
 public:
  explicit Parser(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

  Result<Node> parse() {
    // People are used to beginning a formula with "=".
    if (now().sign == Sign::eq) ++at_;
    LP_TRY(Node root, expression(lowest_level, 1));
    if (now().sign != Sign::end) return unexpected();
    return root;
  }

 private:
  const Token& now() const { return tokens_[at_]; }

  Error unexpected() const {
    if (now().sign == Sign::end) return formula_error("formula_unfinished", now().position);
    return formula_error("formula_unexpected", now().position, {{"found", now().text}});
  }

  Result<Node> made(Node::Kind kind, const Token& token) {
    if (++nodes_ > max_nodes) {
      return formula_error("formula_too_large", token.position,
                           {{"max", std::to_string(max_nodes)}});
    }
    Node node;
    node.kind = kind;
    node.position = token.position;
    node.op = token.sign;
    node.name = token.text;
    return node;
  }

  Status check_depth(int depth) const {
    if (depth <= max_depth) return {};
    return formula_error("formula_too_deep", now().position, {{"max", std::to_string(max_depth)}});
  }

  // `depth` grows with brackets and signs; a chain of operators grows the tree on its left and is
  // counted as well, because the tree is walked by functions that call themselves.
  Result<Node> expression(int level, int depth) {
    LP_CHECK(check_depth(depth));
    LP_TRY(Node left, signed_value(depth));
    int height = depth;
    while (level_of(now().sign) >= level) {
      LP_CHECK(check_depth(++height));
      const Token token = tokens_[at_++];
      LP_TRY(Node node, made(Node::Kind::binary, token));
      LP_TRY(Node right, expression(level_of(token.sign) + 1, depth + 1));
      node.args.push_back(std::move(left));
      node.args.push_back(std::move(right));
      left = std::move(node);
    }
    return left;
  }

  Result<Node> signed_value(int depth) {
    LP_CHECK(check_depth(depth));
    if (now().sign == Sign::minus || now().sign == Sign::plus) {
      const Token token = tokens_[at_++];
      LP_TRY(Node node, made(Node::Kind::unary, token));
      LP_TRY(Node arg, signed_value(depth + 1));
      node.args.push_back(std::move(arg));
      return node;
    }
    LP_TRY(Node value, simple(depth));
    while (now().sign == Sign::percent) {
      LP_CHECK(check_depth(++depth));
      LP_TRY(Node node, made(Node::Kind::unary, tokens_[at_++]));
      node.args.push_back(std::move(value));
      value = std::move(node);
    }
    return value;
  }

  Result<Node> simple(int depth) {
    const Token token = now();
    switch (token.sign) {
      case Sign::number: {
        ++at_;
        LP_TRY(Node node, made(Node::Kind::literal, token));
        node.literal = token.number;
        return node;
      }
      case Sign::text: {
        ++at_;
        LP_TRY(Node node, made(Node::Kind::literal, token));
        node.literal = text_value(token.text);
        node.type = Type::text;
        return node;
      }
      case Sign::name:
        ++at_;
        return now().sign == Sign::open ? call(token, depth) : named(token);
      case Sign::open: {
        ++at_;
        LP_TRY(Node inner, expression(lowest_level, depth + 1));
        LP_CHECK(expect(Sign::close));
        return inner;
      }
      default:
        return unexpected();
    }
  }

  Result<Node> named(const Token& token) {
    const std::string upper = upper_case(token.text);
    const bool flag = upper == "TRUE" || upper == "FALSE";
    LP_TRY(Node node,
           made(flag || upper == "NULL" ? Node::Kind::literal : Node::Kind::field, token));
    if (flag) node.literal = upper == "TRUE";
    return node;
  }

  Result<Node> call(const Token& token, int depth) {
    LP_TRY(Node node, made(Node::Kind::call, token));
    node.name = upper_case(token.text);
    ++at_;
    if (now().sign == Sign::close) {
      ++at_;
      return node;
    }
    while (true) {
      LP_TRY(Node arg, expression(lowest_level, depth + 1));
      node.args.push_back(std::move(arg));
      if (now().sign != Sign::comma) break;
      ++at_;
    }
    LP_CHECK(expect(Sign::close));
    return node;
  }

  Status expect(Sign sign) {
    if (now().sign != sign) return unexpected();
    ++at_;
    return {};
  }

  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  std::size_t nodes_ = 0;
};

}  // namespace

Result<Node> parse(std::string_view source) {
  LP_TRY(std::vector<Token> tokens, read_tokens(source));
  return Parser(std::move(tokens)).parse();
}

}  // namespace linchpin::formula
