#include "inbound/http/percent_encoding.h"

namespace linchpin::inbound {

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  constexpr std::string_view plain = "-._~";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter || plain.find(c) != plain.npos) {
      out += c;
    } else {
      out += {'%', digits[byte >> 4], digits[byte & 15]};
    }
  }
  return out;
}

std::string disposition(std::string_view kind, std::string_view plain, std::string_view name) {
  return std::string(kind) + "; filename=\"" + std::string(plain) + "\"; filename*=UTF-8''" +
         percent_encoded(name);
}

}  // namespace linchpin::inbound
