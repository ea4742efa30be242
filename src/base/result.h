#pragma once

// Result<T>: a value or an Error. Expected failures travel as values; bugs assert; exceptions come
// from libraries only and are caught where the library is called.

#include <tl/expected.hpp>
#include <utility>

#include "base/error.h"

namespace linchpin {

template <class T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
 public:
  using Base = tl::expected<T, Error>;
  using Base::Base;
  Result() = default;
  Result(Base base) : Base(std::move(base)) {}
  Result(Error error) : Base(tl::unexpected(std::move(error))) {}
};

using Status = Result<void>;

}  // namespace linchpin

#define LP_CONCAT_INNER(a, b) a##b
#define LP_CONCAT(a, b) LP_CONCAT_INNER(a, b)

// LP_TRY(const auto value, expression): declares `value`, or returns the error of `expression`.
#define LP_TRY(declaration, ...) \
  LP_TRY_INNER(LP_CONCAT(lp_result_, __LINE__), declaration, __VA_ARGS__)
#define LP_TRY_INNER(name, declaration, ...)                    \
  auto name = (__VA_ARGS__);                                    \
  if (!name) return ::linchpin::Error(std::move(name).error()); \
  declaration = std::move(*name)

// LP_CHECK(expression): returns the error of a Status, or goes on.
#define LP_CHECK(...) LP_CHECK_INNER(LP_CONCAT(lp_status_, __LINE__), __VA_ARGS__)
#define LP_CHECK_INNER(name, ...) \
  if (auto name = (__VA_ARGS__); !name) return ::linchpin::Error(std::move(name).error())
