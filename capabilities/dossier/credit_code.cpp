#include "dossier/credit_code.h"

#include <array>

#include "base/text.h"

namespace linchpin::dossier {

namespace {

constexpr std::string_view code_characters = "0123456789ABCDEFGHJKLMNPQRTUWXY";
constexpr std::array code_weights{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};
constexpr std::size_t code_size = code_weights.size() + 1;
constexpr std::size_t modulus = 31;

}  // namespace

std::string plain_credit_code(std::string_view text) {
  std::string plain;
  for (const char character : fold(trim(text))) {
    if (character == ' ' || character == '-') continue;
    const bool lower = character >= 'a' && character <= 'z';
    plain += lower ? static_cast<char>(character - 'a' + 'A') : character;
  }
  return plain;
}

bool is_credit_code(std::string_view plain) {
  if (plain.size() != code_size) return false;
  std::size_t sum = 0;
  for (std::size_t i = 0; i < code_weights.size(); ++i) {
    const std::size_t value = code_characters.find(plain[i]);
    if (value == std::string_view::npos) return false;
    sum += value * static_cast<std::size_t>(code_weights[i]);
  }
  return code_characters[(modulus - sum % modulus) % modulus] == plain.back();
}

}  // namespace linchpin::dossier
