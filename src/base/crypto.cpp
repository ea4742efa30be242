#include "base/crypto.h"

#include <argon2.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <algorithm>
#include <climits>
#include <cstdlib>
#include <memory>

#include "base/log.h"

namespace linchpin {
namespace {

constexpr std::uint32_t argon2_passes = 2;
constexpr std::uint32_t argon2_kibibytes = 19 * 1024;
constexpr std::uint32_t argon2_lanes = 1;
constexpr std::size_t argon2_salt_bytes = 16;
constexpr std::size_t argon2_hash_bytes = 32;
constexpr std::size_t max_password_bytes = 1024;
constexpr std::size_t max_encoded_hash_bytes = 256;

constexpr std::size_t nonce_bytes = 12;
constexpr std::size_t tag_bytes = 16;
constexpr std::size_t digest_bytes = 32;

constexpr std::string_view typable = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
constexpr std::string_view base64url =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

// OpenSSL fails here only without memory or entropy; nothing secret can be made then.
void require(bool success, const char* what) {
  if (success) return;
  log_error("crypto_failed", {{"what", what}});
  std::abort();
}

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* bytes_of(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

int length_of(std::string_view text) {
  require(text.size() <= INT_MAX, "length");
  return static_cast<int>(text.size());
}

struct CipherFree {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, CipherFree>;

CipherContext new_cipher() {
  CipherContext context(EVP_CIPHER_CTX_new());
  require(context != nullptr, "cipher context");
  return context;
}

Error damaged() {
  return Error::of(ErrorCode::internal, "sealed_value_damaged");
}

Error wrong_base64url() {
  return Error::of(ErrorCode::validation_failed, "wrong_base64url");
}

EVP_MD_CTX* digest_context(void* context) {
  return static_cast<EVP_MD_CTX*>(context);
}

}  // namespace

std::string random_bytes(std::size_t count) {
  std::string bytes(count, '\0');
  require(RAND_bytes(bytes_of(bytes), length_of(bytes)) == 1, "random");
  return bytes;
}

Key random_key() {
  Key key;
  require(RAND_bytes(key.data(), static_cast<int>(key.size())) == 1, "random");
  return key;
}

std::string random_password(std::size_t length) {
  // Bytes beyond the last whole multiple of the alphabet would favour its first letters.
  constexpr std::size_t fair_limit = 256 - 256 % typable.size();
  std::string password;
  while (password.size() < length) {
    for (const char c : random_bytes(length)) {
      const auto byte = static_cast<unsigned char>(c);
      if (byte < fair_limit && password.size() < length) {
        password += typable[byte % typable.size()];
      }
    }
  }
  return password;
}

Result<std::string> hash_password(std::string_view password) {
  if (password.size() > max_password_bytes) {
    return Error::of(ErrorCode::validation_failed, "password_too_long",
                     {{"limit", std::to_string(max_password_bytes)}});
  }
  const std::string salt = random_bytes(argon2_salt_bytes);
  std::array<char, max_encoded_hash_bytes> encoded{};
  const int outcome = argon2id_hash_encoded(
      argon2_passes, argon2_kibibytes, argon2_lanes, password.data(), password.size(), salt.data(),
      salt.size(), argon2_hash_bytes, encoded.data(), encoded.size());
  if (outcome != ARGON2_OK) {
    return Error::internal(std::string("argon2: ") + argon2_error_message(outcome));
  }
  return std::string(encoded.data());
}

bool verify_password(std::string_view encoded_hash, std::string_view password) {
  if (encoded_hash.size() > max_encoded_hash_bytes || password.size() > max_password_bytes) {
    return false;
  }
  const std::string terminated(encoded_hash);
  return argon2id_verify(terminated.c_str(), password.data(), password.size()) == ARGON2_OK;
}

std::string seal(const Key& key, std::string_view plain, std::string_view context) {
  const CipherContext cipher = new_cipher();
  std::string sealed = random_bytes(nonce_bytes);
  sealed.resize(nonce_bytes + plain.size() + tag_bytes);
  unsigned char* out = bytes_of(sealed);
  int written = 0;
  require(EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key.data(), out) == 1,
          "seal key");
  require(EVP_EncryptUpdate(cipher.get(), nullptr, &written, bytes_of(context),
                            length_of(context)) == 1,
          "seal context");
  require(EVP_EncryptUpdate(cipher.get(), out + nonce_bytes, &written, bytes_of(plain),
                            length_of(plain)) == 1,
          "seal text");
  unsigned char* tag = out + nonce_bytes + plain.size();
  require(EVP_EncryptFinal_ex(cipher.get(), tag, &written) == 1, "seal end");
  require(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, tag_bytes, tag) == 1, "seal tag");
  return sealed;
}

Result<std::string> open_sealed(const Key& key, std::string_view sealed, std::string_view context) {
  if (sealed.size() < nonce_bytes + tag_bytes || sealed.size() > INT_MAX) return damaged();
  const std::string_view cipher_text =
      sealed.substr(nonce_bytes, sealed.size() - nonce_bytes - tag_bytes);
  std::string tag(sealed.substr(sealed.size() - tag_bytes));
  const CipherContext cipher = new_cipher();
  std::string plain(cipher_text.size() + tag_bytes, '\0');
  int written = 0;
  const bool opened =
      EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key.data(), bytes_of(sealed)) ==
          1 &&
      EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, tag_bytes, tag.data()) == 1 &&
      EVP_DecryptUpdate(cipher.get(), nullptr, &written, bytes_of(context), length_of(context)) ==
          1 &&
      EVP_DecryptUpdate(cipher.get(), bytes_of(plain), &written, bytes_of(cipher_text),
                        length_of(cipher_text)) == 1 &&
      EVP_DecryptFinal_ex(cipher.get(), bytes_of(plain) + cipher_text.size(), &written) == 1;
  if (!opened) return damaged();
  plain.resize(cipher_text.size());
  return plain;
}

std::string sha256(std::string_view data) {
  std::string digest(digest_bytes, '\0');
  require(
      EVP_Digest(data.data(), data.size(), bytes_of(digest), nullptr, EVP_sha256(), nullptr) == 1,
      "sha256");
  return digest;
}

std::string hmac_sha256(const Key& key, std::string_view data) {
  std::string digest(digest_bytes, '\0');
  require(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes_of(data), data.size(),
               bytes_of(digest), nullptr) != nullptr,
          "hmac");
  return digest;
}

Key derived_key(const Key& key, std::string_view purpose) {
  const std::string bytes = hmac_sha256(key, purpose);
  Key derived{};
  std::copy_n(bytes.begin(), derived.size(), derived.begin());
  return derived;
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string to_hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += digits[byte >> 4];
    text += digits[byte & 0xF];
  }
  return text;
}

std::string to_base64url(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() * 4 + 2) / 3);
  unsigned pending = 0;
  int bits = 0;
  for (const char c : bytes) {
    pending = (pending << 8 | static_cast<unsigned char>(c)) & 0xFFFF;
    for (bits += 8; bits >= 6; bits -= 6) text += base64url[pending >> (bits - 6) & 0x3F];
  }
  if (bits > 0) text += base64url[pending << (6 - bits) & 0x3F];
  return text;
}

Result<std::string> from_base64url(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size() * 3 / 4);
  unsigned pending = 0;
  int bits = 0;
  for (const char c : text) {
    const std::size_t digit = base64url.find(c);
    if (digit == std::string_view::npos) return wrong_base64url();
    pending = (pending << 6 | static_cast<unsigned>(digit)) & 0xFFFF;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>(pending >> bits & 0xFF);
  }
  // A single digit left over, or bits that no encoder writes, would give one value two spellings.
  if (bits >= 6 || (pending & ((1U << bits) - 1)) != 0) return wrong_base64url();
  return bytes;
}

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
  require(context_ != nullptr, "digest context");
  require(EVP_DigestInit_ex(digest_context(context_), EVP_sha256(), nullptr) == 1, "sha256");
}

Sha256::~Sha256() {
  EVP_MD_CTX_free(digest_context(context_));
}

void Sha256::add(std::string_view data) {
  require(EVP_DigestUpdate(digest_context(context_), data.data(), data.size()) == 1, "sha256");
}

std::string Sha256::finish() {
  std::string digest(digest_bytes, '\0');
  require(EVP_DigestFinal_ex(digest_context(context_), bytes_of(digest), nullptr) == 1, "sha256");
  return digest;
}

}  // namespace linchpin
