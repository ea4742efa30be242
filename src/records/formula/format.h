#pragma once

// What TEXT writes: the formats of spreadsheets that people use.

#include <string>
#include <string_view>

#include "records/formula/value.h"

namespace linchpin::formula {

// Numbers: "0", "0.00", "#,##0.00", "0%", "0.0%" with any text around them. Days and instants:
// yyyy yy mm m dd d hh h ss in any order with any text between; mm after hh means minutes; a
// datetime is shown in the workspace's time zone. Anything else is written as `text_form` does.
std::string format_value(const Value& value, std::string_view format, const Frame& frame);

}  // namespace linchpin::formula
