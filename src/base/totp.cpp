#include "base/totp.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/crypto.h"

namespace linchpin {

namespace {

constexpr int sha1_bytes = 20;

std::array<unsigned char, sha1_bytes> hmac_sha1(std::string_view key, std::string_view data) {
  std::array<unsigned char, sha1_bytes> out{};
  unsigned int size = 0;
  HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(data.data()), data.size(), out.data(), &size);
  return out;
}

}  // namespace

std::string totp_code(std::string_view secret, std::int64_t step, int digits) {
  std::string counter(8, '\0');
  for (std::size_t i = 0; i < counter.size(); ++i) {
    counter[i] = static_cast<char>(step >> (8 * (counter.size() - 1 - i)) & 0xFF);
  }
  const auto hash = hmac_sha1(secret, counter);
  // RFC 4226: four bytes from where the last one points, without the sign.
  const std::size_t at = hash.back() & 0x0F;
  std::uint32_t number = hash[at] & 0x7Fu;
  for (std::size_t i = 1; i < 4; ++i) number = number << 8 | hash[at + i];
  std::string code(static_cast<std::size_t>(digits), '0');
  for (auto digit = code.rbegin(); digit != code.rend(); ++digit) {
    *digit = static_cast<char>('0' + number % 10);
    number /= 10;
  }
  return code;
}

std::optional<std::int64_t> matching_totp_step(std::string_view secret, std::string_view code,
                                               Instant now, std::int64_t last) {
  const std::int64_t current = totp_step(now);
  for (const std::int64_t step : {current, current - 1, current + 1}) {
    if (step > last && equal_in_constant_time(totp_code(secret, step), code)) return step;
  }
  return std::nullopt;
}

std::string to_base32(std::string_view bytes) {
  constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string text;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char byte : bytes) {
    bits = bits << 8 | static_cast<unsigned char>(byte);
    held += 8;
    while (held >= 5) {
      held -= 5;
      text += letters[bits >> held & 31];
    }
    bits &= (1u << held) - 1;
  }
  if (held > 0) text += letters[bits << (5 - held) & 31];
  return text;
}

}  // namespace linchpin
