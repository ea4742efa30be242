#pragma once

// The unified social credit code 统一社会信用代码 of GB 32100-2015: 18 characters, the last of
// which checks the others.

#include <string>
#include <string_view>

namespace linchpin::dossier {

// As it is stored: ASCII, upper case, without blanks and hyphens.
std::string plain_credit_code(std::string_view text);

// Whether a plain code has the right form and check character.
bool is_credit_code(std::string_view plain);

}  // namespace linchpin::dossier
