#include "records/formula/lexer.h"

#include <array>

#include "base/text.h"
#include "base/utf8.h"

namespace linchpin::formula {

namespace {

struct Twin {
  char32_t from;
  char32_t to;
};

constexpr std::array twins{
    Twin{0x201C, '"'}, Twin{0x201D, '"'}, Twin{0x3000, ' '}, Twin{0xA0, ' '},
    Twin{0xD7, '*'},   Twin{0xF7, '/'},   Twin{0x2264, 'l'}, Twin{0x2265, 'g'},
    Twin{0x2260, 'n'}, Twin{0x2212, '-'}, Twin{0x3001, ','},
};
constexpr char32_t first_wide = 0xFF01;
constexpr char32_t last_wide = 0xFF5E;
constexpr char32_t wide_offset = 0xFF01 - '!';

struct Plain {
  char32_t value;
  bool is_sign;  // ≤ ≥ ≠, which have no single ASCII twin
};

Plain plain(char32_t c) {
  if (c >= first_wide && c <= last_wide) return {c - wide_offset, false};
  for (const Twin& twin : twins) {
    if (twin.from == c) return {twin.to, c == 0x2264 || c == 0x2265 || c == 0x2260};
  }
  return {c, false};
}

bool is_digit(char32_t c) {
  return c >= '0' && c <= '9';
}

bool is_name_start(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_blank(char32_t c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

class Lexer {
 public:
  explicit Lexer(std::string_view source) : raw_(to_code_points(source)) {
    for (const char32_t c : raw_) plain_.push_back(plain(c));
  }

  Result<std::vector<Token>> read() {
    std::vector<Token> tokens;
    while (true) {
      while (at_ < raw_.size() && is_blank(look())) ++at_;
      Token token;
      token.position = at_ + 1;
      if (at_ < raw_.size()) LP_CHECK(read_one(token));
      tokens.push_back(std::move(token));
      if (tokens.back().sign == Sign::end) return tokens;
    }
  }

 private:
  char32_t look(std::size_t ahead = 0) const {
    return at_ + ahead < plain_.size() ? plain_[at_ + ahead].value : 0;
  }

  std::string taken(std::size_t from, std::size_t to) const {
    std::string text;
    for (std::size_t i = from; i < to; ++i) append_utf8(text, raw_[i]);
    return text;
  }

  Status read_one(Token& token) {
    const char32_t c = look();
    if (plain_[at_].is_sign) return read_compared(token);
    if (c == '"') return read_text(token);
    if (is_digit(c) || (c == '.' && is_digit(look(1)))) return read_number(token);
    if (is_name_start(c)) return read_name(token);
    return read_sign(token);
  }

  Status read_compared(Token& token) {
    const char32_t c = look();
    token.sign = c == 'l' ? Sign::lte : (c == 'g' ? Sign::gte : Sign::ne);
    token.text = taken(at_, at_ + 1);
    ++at_;
    return {};
  }

  // A quote within a text is written twice.
  Status read_text(Token& token) {
    token.sign = Sign::text;
    for (++at_; at_ < raw_.size(); ++at_) {
      if (look() != '"') {
        append_utf8(token.text, raw_[at_]);
      } else if (look(1) == '"') {
        append_utf8(token.text, raw_[at_++]);
      } else {
        ++at_;
        return {};
      }
    }
    return formula_error("formula_open_text", token.position);
  }

  Status read_number(Token& token) {
    std::string digits;
    while (is_digit(look()) || look() == '.') {
      digits += static_cast<char>(look());
      ++at_;
    }
    const auto number = parse_number(digits);
    if (!number || is_name_start(look())) {
      return formula_error("formula_wrong_number", token.position);
    }
    token.sign = Sign::number;
    token.text = digits;
    token.number = *number;
    return {};
  }

  Status read_name(Token& token) {
    token.sign = Sign::name;
    while (is_name_start(look()) || is_digit(look()) || (look() == '.' && is_name_start(look(1)))) {
      token.text += static_cast<char>(look());
      ++at_;
    }
    return {};
  }

  Status read_sign(Token& token) {
    struct Known {
      std::string_view text;
      Sign sign;
    };
    // Longer ones first.
    static constexpr std::array known{
        Known{"<>", Sign::ne},   Known{"!=", Sign::ne},     Known{"<=", Sign::lte},
        Known{">=", Sign::gte},  Known{"==", Sign::eq},     Known{"<", Sign::lt},
        Known{">", Sign::gt},    Known{"=", Sign::eq},      Known{"+", Sign::plus},
        Known{"-", Sign::minus}, Known{"*", Sign::times},   Known{"/", Sign::over},
        Known{"^", Sign::power}, Known{"%", Sign::percent}, Known{"&", Sign::join},
        Known{"(", Sign::open},  Known{")", Sign::close},   Known{",", Sign::comma},
        Known{";", Sign::comma},
    };
    for (const Known& one : known) {
      const bool fits =
          look() == static_cast<unsigned char>(one.text.front()) &&
          (one.text.size() == 1 || look(1) == static_cast<unsigned char>(one.text.back()));
      if (!fits) continue;
      token.sign = one.sign;
      token.text = taken(at_, at_ + one.text.size());
      at_ += one.text.size();
      return {};
    }
    return formula_error("formula_unexpected", token.position, {{"found", taken(at_, at_ + 1)}});
  }

  std::u32string raw_;
  std::vector<Plain> plain_;
  std::size_t at_ = 0;
};

}  // namespace

Error formula_error(std::string code, std::size_t position, ErrorParams params) {
  params.emplace_back("position", std::to_string(position));
  return Error::invalid(FieldProblem{{}, {}, std::move(code), std::move(params)});
}

Result<std::vector<Token>> read_tokens(std::string_view source) {
  // Bytes are counted first: characters are only looked at when there are few enough of them.
  if (code_points(source) > max_source_characters || source.size() > 4 * max_source_characters) {
    return formula_error("formula_too_long", max_source_characters,
                         {{"max", std::to_string(max_source_characters)}});
  }
  return Lexer(source).read();
}

}  // namespace linchpin::formula
