#pragma once

// What {"var": "me.region"} stands for in a comparison: a field of the person whom a rule is asked
// for.

#include <string>
#include <vector>

#include "records/filter.h"

namespace linchpin::records {

// A field of many may be compared with as a set only.
enum class Wanted { one, set };

// Of a frame without `me`: "me" alone, as the id of who asks. An empty field makes the frame's `me`
// incomplete. Errors: wrong_filter, unknown_variable {name}, variable_does_not_fit {name, field}.
Result<std::vector<Value>> values_of_variable(const FilterFrame& frame, const FieldPath& path,
                                              const json::value& variable, Wanted wanted,
                                              const std::string& pointer);

}  // namespace linchpin::records
