#pragma once

// SQL as a value. Its text comes from literals and checked names only, its values are always bound,
// so that no string made at run time can become SQL: `Sql(std::string)` does not compile.

#include <algorithm>
#include <array>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/id.h"
#include "base/result.h"

namespace linchpin::storage {

struct Blob {
  std::string bytes;
  bool operator==(const Blob&) const = default;
};

// What a column holds. Booleans, ids, dates (days), instants (milliseconds) and decimals (units)
// are all 64-bit integers in both databases.
using Value = std::variant<std::monostate, std::int64_t, double, std::string, Blob>;

struct Literal {
  consteval Literal(const char* literal) : text(literal) {}
  std::string_view text;
};

// A table or column name: a lower-case letter, then lower-case letters, digits or "_", 63 at most.
class Name {
 public:
  static constexpr std::size_t max_size = 63;

  consteval Name(const char* literal) : Name(std::string_view(literal)) {
    if (!is_valid(literal)) throw "not a table or column name";
  }
  static Result<Name> checked(std::string_view text);  // error: `wrong_name` {name}
  std::string_view text() const { return {text_.data(), size_}; }
  bool operator==(const Name&) const = default;

 private:
  constexpr explicit Name(std::string_view text)
      : size_(static_cast<std::uint8_t>(std::min(text.size(), max_size))) {
    std::copy_n(text.begin(), size_, text_.begin());
  }
  static constexpr bool is_valid(std::string_view text) {
    const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
    return !text.empty() && text.size() <= max_size && is_letter(text.front()) &&
           std::all_of(text.begin(), text.end(),
                       [&](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_'; });
  }

  std::array<char, max_size> text_{};
  std::uint8_t size_ = 0;
};

class Sql {
 public:
  Sql() = default;
  Sql(Literal literal) : text_(literal.text) {}

  Sql& add(Literal literal);
  Sql& name(const Name& name);  // quoted
  Sql& value(std::int64_t number);
  Sql& value(std::integral auto number) { return value(std::int64_t{number}); }
  Sql& value(double number);
  Sql& value(std::string_view text);
  Sql& value(const std::string& text) { return value(std::string_view(text)); }
  Sql& value(const char* text) { return value(std::string_view(text)); }
  Sql& value(RecordId id) { return value(id.value); }
  Sql& value(Value value);
  Sql& null() { return value(Value()); }
  // A place for a value that Statement::bind gives later; null until then.
  Sql& parameter() { return null(); }
  Sql& append(const Sql& other);

  bool empty() const { return text_.empty(); }
  // Every value and parameter stands as "?"; the n-th of them is values()[n] and bind(n).
  const std::string& text() const { return text_; }
  const std::vector<Value>& values() const { return values_; }

 private:
  std::string text_;
  std::vector<Value> values_;
};

// Joins parts with a separator: join(columns, ", ").
Sql join(const std::vector<Sql>& parts, Literal separator);

}  // namespace linchpin::storage
