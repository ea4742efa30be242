#pragma once

#include <string_view>

namespace linchpin::tabular {

// 10000 for "金额（万元）", "单位：万元" and "金额万元"; 1 where the heading names no such unit.
// The words of measures such as 千克 are no multipliers.
double unit_multiplier(std::string_view heading);

}  // namespace linchpin::tabular
