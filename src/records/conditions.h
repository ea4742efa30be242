#pragma once

// Conditions of the filter grammar, for what the product itself asks.

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace linchpin::records {

// {"op","field","value"}; null: an operator without a value.
json::object leaf(std::string_view op, std::string_view field, json::value value = {});
json::object all_of(json::array conditions);
json::object any_of(json::array conditions);

json::object where_is(std::string_view field, std::string_view value);
json::object where_in(std::string_view field, const std::vector<std::string>& values);
json::object where_empty(std::string_view field);

}  // namespace linchpin::records
