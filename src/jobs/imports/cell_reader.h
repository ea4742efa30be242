#pragma once

// A cell as the value of a field.

#include <string>
#include <string_view>

#include "base/date.h"
#include "base/error.h"
#include "jobs/imports/plan.h"

namespace linchpin::imports {

// What is wrong with a cell: a text key below "problem.".
struct CellProblem {
  std::string code;
  ErrorParams params;
};
using CellValue = tl::expected<records::Value, CellProblem>;

// Of a cell that is not blank, for any field that is no link.
CellValue read_cell(const CellPlan& plan, std::string_view text, const TimeZone& zone);

// A cell with a date for a date or a datetime field: without a zone it is the workspace's time.
CellValue read_moment(records::FieldType type, std::string_view text, std::string_view format,
                      const TimeZone& zone);

// A value of a field of one type for a field of another; empty where they do not agree.
records::Value convert_value(const records::Field& from, const records::Value& value,
                             const records::Field& to, const TimeZone& zone);

}  // namespace linchpin::imports
