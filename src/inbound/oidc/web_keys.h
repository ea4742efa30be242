#pragma once

// The public keys of a provider (RFC 7517) and what they sign (RFC 7515): RS256 and ES256, nothing
// else. OpenSSL does the work.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

struct evp_pkey_st;

namespace linchpin::inbound {

constexpr std::size_t max_web_keys = 100;
constexpr int min_rsa_bits = 2048;
constexpr std::size_t max_signed_token_bytes = 16 * 1024;

enum class WebSignature { rs256, es256 };

class WebKeys {
 public:
  // Keys of other kinds and for other uses are left out. Error: `provider_unusable`.
  static Result<WebKeys> parse(const json::object& document);

  std::size_t count() const { return keys_.size(); }

  // The claims of a token that one of the keys has signed. Errors: unauthenticated /
  // `identity_not_proven`, `signing_key_unknown` when the token names a key that is not here.
  Result<json::object> claims_of(std::string_view token) const;

 private:
  struct WebKey {
    std::string id;  // may be empty
    WebSignature signature = WebSignature::rs256;
    std::shared_ptr<evp_pkey_st> key;
  };

  std::vector<WebKey> keys_;
};

// The sign-in at the provider does not show who it is. `why` is for the log.
Error identity_not_proven(std::string why);
// The provider says what cannot be used, or nothing. `why` is for the log.
Error provider_unusable(std::string why);

// A text member; empty where it is absent or something else.
std::string text_member(const json::object& object, std::string_view name);

}  // namespace linchpin::inbound
