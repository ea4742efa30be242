#pragma once

// The operators of a filter: their names, and which of them a field can be asked with.

#include <optional>
#include <string>
#include <string_view>

#include "records/filter.h"

namespace linchpin::records {

std::optional<FilterOp> operator_named(std::string_view name);

// Whether `op` compares values of the field; false for groups and related records.
bool fits(FilterOp op, const Field& field);

// The names of those that do, for people: "eq, ne, in".
std::string fitting_operators(const Field& field);

}  // namespace linchpin::records
