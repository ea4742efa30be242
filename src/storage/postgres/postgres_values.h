#pragma once

// Values on their way to PostgreSQL and back.

#include <libpq-fe.h>

#include <array>
#include <string>
#include <vector>

#include "storage/sql.h"

namespace linchpin::storage::postgres {

// Names of types, as pg_type has them.
namespace type {
constexpr Oid boolean = 16;
constexpr Oid bytes = 17;
constexpr Oid int8 = 20;
constexpr Oid int2 = 21;
constexpr Oid int4 = 23;
constexpr Oid text = 25;
constexpr Oid object_id = 26;
constexpr Oid float4 = 700;
constexpr Oid float8 = 701;
constexpr Oid numeric = 1700;
constexpr Oid unknown = 0;  // the server finds it out
}  // namespace type

Oid type_of(const Value& value);

// The parameters of one statement in the form that libpq takes. `values` must stay as they are.
class Parameters {
 public:
  explicit Parameters(const std::vector<Value>& values);

  int count() const { return static_cast<int>(pointers_.size()); }
  const char* const* values() const { return pointers_.data(); }
  const int* lengths() const { return lengths_.data(); }
  const int* formats() const { return formats_.data(); }

 private:
  static constexpr std::size_t number_size = 32;

  std::vector<std::array<char, number_size>> numbers_;
  std::vector<const char*> pointers_;
  std::vector<int> lengths_;
  std::vector<int> formats_;
};

// One cell of a result in binary form.
struct Cell {
  Oid type;
  std::string_view bytes;

  std::int64_t integer() const;  // of a number that does not fit: the nearest one that does
  double real() const;
  bool is_text() const;  // its bytes are what a person reads
  std::string written() const;
  Value value() const;
};

}  // namespace linchpin::storage::postgres
