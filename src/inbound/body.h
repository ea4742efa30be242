#pragma once

// Strict reading of what a caller sends: every member that a body may have is named, and anything
// else is an error that points at it.

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "base/json.h"
#include "inbound/http/message.h"

namespace linchpin::inbound {

// malformed, with one problem.
Error wrong_member(std::string pointer, std::string code, ErrorParams params = {});

// A JSON object and where it stands in the body. Readers give nothing for a member that is absent
// or null; a member of another type is malformed / `expected_text`, `expected_boolean`,
// `expected_integer`, `expected_object`, `expected_list`; an absent one that must be there
// `member_missing`.
class Members {
 public:
  explicit Members(json::object object, std::string pointer = {})
      : object_(std::move(object)), pointer_(std::move(pointer)) {}

  // Error: `unknown_member` for anything that is not in `names`.
  Status allow_only(std::initializer_list<std::string_view> names) const;

  Result<std::optional<std::string>> text(std::string_view name) const;
  Result<std::string> required_text(std::string_view name) const;
  Result<bool> boolean(std::string_view name) const;  // false when absent
  Result<std::optional<std::int64_t>> integer(std::string_view name) const;
  // Error: validation_failed / `out_of_range` {min, max}.
  Result<std::optional<std::int64_t>> integer(std::string_view name, std::int64_t min,
                                              std::int64_t max) const;
  Result<std::optional<Members>> object(std::string_view name) const;
  Result<std::vector<std::string>> texts(std::string_view name) const;  // empty when absent
  Result<std::optional<Instant>> instant(std::string_view name) const;
  // The value as it is; null when absent.
  const json::value& value(std::string_view name) const;
  bool has(std::string_view name) const { return object_.contains(name); }

  const json::object& all() const { return object_; }
  std::string pointer_to(std::string_view name) const;

 private:
  const json::value* find(std::string_view name) const;  // null when absent or JSON null

  json::object object_;
  std::string pointer_;
};

// The body of a request as an object. An empty body is an empty object where `optional` allows it.
enum class BodyIs { required, optional };
Result<Members> read_body(const Request& request, BodyIs presence = BodyIs::required);

// A path parameter that is a record id. Error: not_found, as for any id that names nothing.
Result<RecordId> id_parameter(const Request& request, std::string_view name);

// A query value that is a whole number. Error: `out_of_range` {min, max}.
Result<std::int64_t> integer_query(const RequestHead& head, std::string_view name,
                                   std::int64_t otherwise, std::int64_t min, std::int64_t max);

// "a,b,c" → a, b, c; nothing for an empty text. Error: `too_many_values` {max}.
constexpr std::size_t max_listed_names = 200;
Result<std::vector<std::string>> listed_names(std::string_view text, std::string_view name);

}  // namespace linchpin::inbound
