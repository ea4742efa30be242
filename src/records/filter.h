#pragma once

// The filter grammar of the API, read and checked against the metadata and the caller's rights. One
// grammar for views, rules, segments and automations; one compiled form for SQL.

#include <memory>
#include <string>
#include <vector>

#include "access/scope.h"
#include "base/crypto.h"
#include "records/row.h"

namespace linchpin::records {

constexpr int max_filter_depth = 6;
constexpr int max_filter_leaves = 100;
constexpr std::size_t max_filter_values = 1'000;
constexpr std::size_t max_path_links = 3;

// A field reached over at most three to-one links.
struct FieldPath {
  std::vector<const Field*> links;
  const Object* object = nullptr;  // that holds the field
  const Field* field = nullptr;
  std::string text;  // as the caller wrote it
};

enum class FilterOp {
  all_of,
  any_of,
  negation,
  eq,
  ne,
  lt,
  lte,
  gt,
  gte,
  in,
  not_in,
  between,
  contains,
  starts,
  empty,
  not_empty,
  has_any,
  has_all,
  has_none,
  under,
  some,
  none,
  every,
};

struct Filter {
  FilterOp op = FilterOp::all_of;
  std::vector<Filter> args;  // all_of, any_of, negation; the inner filter of some, none, every
  FieldPath path;
  std::vector<Value> values;  // of one comparison; `between` has two, half-open for dates of `rel`
  bool upper_excluded = false;       // of `between`
  const Object* related = nullptr;   // of some, none, every
  const Field* back_link = nullptr;  // the related object's link to this one
};

// Whose fields {"var": "me.region"} means, in the rules of roles.
struct Myself {
  const access::OwnValues& own;
  // A field that the filter speaks of is empty: what was read then is no filter.
  bool incomplete = false;
};

// What a filter's variables and relative dates mean.
struct FilterFrame {
  const Schema& schema;
  const access::AccessScope& scope;
  const TimeZone& time_zone;
  Day today;
  Myself* me = nullptr;  // null: {"var": "me"} alone is known, and means who asks
  // The workspace key, where who asks has said what for: then the object's own personal fields may
  // be asked for equality. Null: for emptiness alone.
  const Key* personal = nullptr;
};

// `pointer` is where the filter stands in the request. Null = no condition.
// Errors: unknown_field; validation_failed with codes wrong_filter, unknown_operator,
// operator_does_not_fit {op, type}, wrong_type, filter_too_deep, filter_too_large,
// too_many_values, unknown_relative_date, path_too_long; with a `me` unknown_variable {name},
// variable_does_not_fit {name, field}.
Result<Filter> read_filter(const FilterFrame& frame, const Object& object, const json::value& json,
                           const std::string& pointer);

// Error: unknown_field (also for what the scope may not read), path_too_long.
Result<FieldPath> read_path(const FilterFrame& frame, const Object& object, std::string_view text,
                            const std::string& pointer);

// Whether texts of the field are equal when they fold to the same; others are compared exactly.
bool compares_folded(const Field& field);

// The link from a record to the one above it: the to-one link of the object to itself, `parent`
// where there are several. Null when the object is no hierarchy.
const Field* hierarchy_link(const Object& object);

// Sets are stored as JSON arrays of texts without escapes: what stands in one that has the member.
std::string member_text(const Field& field, const Value& member);

// What is wrong with one part of a request: validation_failed, or unknown_field by its own code.
Error refuse(std::string pointer, std::string field, std::string code, ErrorParams params = {});

// The days [from, to) of a relative date; empty when there is no such name.
struct DayRange {
  Day from = 0;
  Day to = 0;
};
std::optional<DayRange> relative_days(std::string_view name, std::int64_t count, Day today);

}  // namespace linchpin::records
