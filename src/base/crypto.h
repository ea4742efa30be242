#pragma once

// Passwords, keys and sealed values. OpenSSL and libargon2 do the work.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace linchpin {

constexpr std::size_t key_bytes = 32;
using Key = std::array<unsigned char, key_bytes>;

std::string random_bytes(std::size_t count);
Key random_key();
// Letters and digits without look-alikes, for passwords that a person types.
std::string random_password(std::size_t length);

// argon2id, 19 MiB, 2 passes (OWASP). Costs about 30 ms: never on an event loop.
Result<std::string> hash_password(std::string_view password);
bool verify_password(std::string_view encoded_hash, std::string_view password);

// AES-256-GCM: 12 bytes nonce · cipher text · 16 bytes tag. `context` is authenticated with it, so
// that a sealed value cannot be moved to another record or field.
std::string seal(const Key& key, std::string_view plain, std::string_view context);
// Error: `sealed_value_damaged`.
Result<std::string> open_sealed(const Key& key, std::string_view sealed, std::string_view context);

std::string sha256(std::string_view data);  // 32 bytes
std::string hmac_sha256(const Key& key, std::string_view data);
// Keys for different purposes are derived, so that one never stands in for another.
Key derived_key(const Key& key, std::string_view purpose);
bool equal_in_constant_time(std::string_view a, std::string_view b);

std::string to_hex(std::string_view bytes);
std::string to_base64url(std::string_view bytes);  // no padding
Result<std::string> from_base64url(std::string_view text);

// The same digest, fed piece by piece: fingerprints of files.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;
  void add(std::string_view data);
  std::string finish();

 private:
  void* context_;
};

}  // namespace linchpin
