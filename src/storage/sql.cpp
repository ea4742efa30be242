#include "storage/sql.h"

namespace linchpin::storage {

Result<Name> Name::checked(std::string_view text) {
  if (!is_valid(text)) {
    return Error::of(ErrorCode::malformed, "wrong_name", {{"name", std::string(text)}});
  }
  return Name(text);
}

Sql& Sql::add(Literal literal) {
  text_ += literal.text;
  return *this;
}

Sql& Sql::name(const Name& name) {
  text_ += '"';
  text_ += name.text();
  text_ += '"';
  return *this;
}

Sql& Sql::value(std::int64_t number) {
  return value(Value(number));
}
Sql& Sql::value(double number) {
  return value(Value(number));
}
Sql& Sql::value(std::string_view text) {
  return value(Value(std::string(text)));
}

Sql& Sql::value(Value value) {
  text_ += '?';
  values_.push_back(std::move(value));
  return *this;
}

Sql& Sql::append(const Sql& other) {
  if (&other == this) return append(Sql(other));
  text_ += other.text_;
  values_.insert(values_.end(), other.values_.begin(), other.values_.end());
  return *this;
}

Sql join(const std::vector<Sql>& parts, Literal separator) {
  Sql joined;
  for (const Sql& part : parts) {
    if (&part != &parts.front()) joined.add(separator);
    joined.append(part);
  }
  return joined;
}

}  // namespace linchpin::storage
