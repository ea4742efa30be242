#pragma once

// What tells one company's name from another's.

#include <string>
#include <string_view>

namespace linchpin {

// The name without legal forms (有限公司, 股份, 集团, Co., Ltd., GmbH …), brackets, blanks,
// punctuation, full-width forms and upper case. Empty when too little is left to compare.
std::string essential_name(std::string_view name);

}  // namespace linchpin
