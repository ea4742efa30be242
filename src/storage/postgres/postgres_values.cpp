#include "storage/postgres/postgres_values.h"

#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>
#include <optional>

namespace linchpin::storage::postgres {

namespace {

constexpr int text_format = 0;
constexpr int binary_format = 1;

// Big-endian, as everything is that goes over the wire.
template <class T>
T number_at(std::string_view bytes, std::size_t place) {
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < sizeof(T) && place + i < bytes.size(); ++i) {
    bits = bits << 8 | static_cast<unsigned char>(bytes[place + i]);
  }
  return static_cast<T>(bits);
}

double float8_of(std::string_view bytes) {
  return std::bit_cast<double>(number_at<std::uint64_t>(bytes, 0));
}

float float4_of(std::string_view bytes) {
  return std::bit_cast<float>(number_at<std::uint32_t>(bytes, 0));
}

// A numeric is a count of digits to the base 10,000, the weight of the first one, a sign, a number
// of decimals for display, and the digits.
struct Numeric {
  static constexpr int base = 10'000;
  static constexpr std::size_t first_digit = 8;
  static constexpr std::uint16_t negative_sign = 0x4000;

  explicit Numeric(std::string_view text)
      : bytes(text),
        digits(number_at<std::int16_t>(bytes, 0)),
        weight(number_at<std::int16_t>(bytes, 2)),
        sign(number_at<std::uint16_t>(bytes, 4)) {}

  int digit(int index) const {
    return number_at<std::int16_t>(bytes, first_digit + 2 * static_cast<std::size_t>(index));
  }

  std::optional<std::int64_t> integer() const {
    constexpr int largest_weight = 5;
    if ((sign & ~negative_sign) != 0 || weight > largest_weight) return std::nullopt;
    __int128 sum = 0;
    for (int i = 0; i <= weight || i < digits; ++i) {
      const int next = i < digits ? digit(i) : 0;
      if (i <= weight) {
        sum = sum * base + next;
      } else if (next != 0) {
        return std::nullopt;
      }
    }
    if (sign == negative_sign) sum = -sum;
    if (sum > std::numeric_limits<std::int64_t>::max()) return std::nullopt;
    if (sum < std::numeric_limits<std::int64_t>::min()) return std::nullopt;
    return static_cast<std::int64_t>(sum);
  }

  double real() const {
    if ((sign & ~negative_sign) != 0) return std::numeric_limits<double>::quiet_NaN();
    long double sum = 0;
    for (int i = 0; i < digits; ++i) sum = sum * base + digit(i);
    sum *= std::pow(static_cast<long double>(base), static_cast<long double>(weight - digits + 1));
    return static_cast<double>(sign == negative_sign ? -sum : sum);
  }

  std::string_view bytes;
  std::int16_t digits;
  std::int16_t weight;
  std::uint16_t sign;
};

template <class T>
std::string shortest(T number) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
  return std::string(text.data(), end);
}

std::int64_t clamped(double number) {
  constexpr double limit = 9'223'372'036'854'775'808.0;
  if (!(number < limit)) return std::numeric_limits<std::int64_t>::max();
  if (number < -limit) return std::numeric_limits<std::int64_t>::min();
  return static_cast<std::int64_t>(number);
}

}  // namespace

Oid type_of(const Value& value) {
  constexpr std::array<Oid, std::variant_size_v<Value>> types{
      type::unknown, type::int8, type::float8, type::text, type::bytes};
  return types[value.index()];
}

Parameters::Parameters(const std::vector<Value>& values)
    : numbers_(values.size()),
      pointers_(values.size(), nullptr),
      lengths_(values.size(), 0),
      formats_(values.size(), text_format) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    const Value& value = values[i];
    auto& number = numbers_[i];
    char* const end = number.data() + number.size() - 1;
    if (const auto* integer = std::get_if<std::int64_t>(&value)) {
      *std::to_chars(number.data(), end, *integer).ptr = '\0';
      pointers_[i] = number.data();
    } else if (const auto* real = std::get_if<double>(&value)) {
      *std::to_chars(number.data(), end, *real).ptr = '\0';
      pointers_[i] = number.data();
    } else if (const auto* text = std::get_if<std::string>(&value)) {
      pointers_[i] = text->c_str();
      lengths_[i] = static_cast<int>(text->size());
      // As text it would end at its first zero byte; in binary form the server refuses that byte.
      if (text->find('\0') != text->npos) formats_[i] = binary_format;
    } else if (const auto* blob = std::get_if<Blob>(&value)) {
      pointers_[i] = blob->bytes.data();
      lengths_[i] = static_cast<int>(blob->bytes.size());
      formats_[i] = binary_format;
    }
  }
}

std::int64_t Cell::integer() const {
  switch (type) {
    case type::int8:
      return number_at<std::int64_t>(bytes, 0);
    case type::int4:
      return number_at<std::int32_t>(bytes, 0);
    case type::object_id:
      return number_at<std::uint32_t>(bytes, 0);
    case type::int2:
      return number_at<std::int16_t>(bytes, 0);
    case type::boolean:
      return number_at<std::uint8_t>(bytes, 0);
    case type::numeric: {
      const Numeric numeric(bytes);
      return numeric.integer().value_or(clamped(numeric.real()));
    }
    case type::float4:
    case type::float8:
      return clamped(real());
    default: {
      std::int64_t number = 0;
      std::from_chars(bytes.data(), bytes.data() + bytes.size(), number);
      return number;
    }
  }
}

double Cell::real() const {
  switch (type) {
    case type::float8:
      return float8_of(bytes);
    case type::float4:
      return float4_of(bytes);
    case type::numeric:
      return Numeric(bytes).real();
    case type::int8:
    case type::int4:
    case type::int2:
    case type::object_id:
    case type::boolean:
      return static_cast<double>(integer());
    default: {
      double number = 0;
      std::from_chars(bytes.data(), bytes.data() + bytes.size(), number);
      return number;
    }
  }
}

bool Cell::is_text() const {
  switch (type) {
    case type::boolean:
    case type::int8:
    case type::int4:
    case type::int2:
    case type::object_id:
    case type::float4:
    case type::float8:
    case type::numeric:
      return false;
    default:
      return true;
  }
}

std::string Cell::written() const {
  const Value known = value();
  if (const auto* integer = std::get_if<std::int64_t>(&known)) return std::to_string(*integer);
  if (const auto* real = std::get_if<double>(&known)) return shortest(*real);
  return std::string(bytes);
}

Value Cell::value() const {
  switch (type) {
    case type::boolean:
    case type::int8:
    case type::int4:
    case type::int2:
    case type::object_id:
      return integer();
    case type::float4:
    case type::float8:
      return real();
    case type::numeric: {
      const Numeric numeric(bytes);
      const auto integer = numeric.integer();
      return integer ? Value(*integer) : Value(numeric.real());
    }
    case type::bytes:
      return Blob{std::string(bytes)};
    default:
      return std::string(bytes);
  }
}

}  // namespace linchpin::storage::postgres
