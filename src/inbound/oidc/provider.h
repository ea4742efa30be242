#pragma once

// An OpenID Connect provider as its client sees it: the discovery document, its keys, the exchange
// of a code for claims. What it told is kept for a while; nothing of it is on disk.

#include <atomic>
#include <mutex>
#include <optional>
#include <string>

#include "base/clock.h"
#include "inbound/http/outside_web.h"
#include "inbound/oidc/web_keys.h"

namespace linchpin::inbound {

struct OidcConfig {
  std::string issuer;  // empty = there is no provider
  std::string client_id;
  std::string client_secret;                 // empty = a public client
  std::string claim = "preferred_username";  // whose value is the login; `email` only if verified
  std::string new_user_role;                 // empty = nobody is created
  std::string certificates_file;             // empty = the authorities of the system
  std::string redirect_url;                  // where the provider sends people back to
};

constexpr std::string_view oidc_scopes = "openid profile email";

class OidcProvider {
 public:
  static constexpr std::int64_t told_for = std::int64_t{60} * 60 * 1000;
  // A token with an unknown key has the keys read anew, but only so often.
  static constexpr std::int64_t keys_at_least_for = std::int64_t{60} * 1000;
  static constexpr int max_at_once = 8;  // people who wait for the provider

  OidcProvider(OidcConfig config, OutsideWeb& web, const Clock& clock);

  struct Secrets {
    std::string state;
    std::string nonce;
    std::string verifier;  // of PKCE
  };

  // Where the browser goes. Errors: overloaded / `service_unreachable`, `provider_unusable`,
  // `sign_in_busy`.
  Result<std::string> sign_in_url(const Secrets& secrets);
  // Who the code stands for: claims of the ID token, and what it leaves out as the provider tells
  // of the same person. Errors: those, unauthenticated / `identity_not_proven`.
  Result<json::object> claims_for(std::string_view code, const Secrets& secrets);

  const OidcConfig& config() const { return config_; }

 private:
  class Turn;
  struct Told {
    std::string authorize_url;
    std::string token_url;
    std::string keys_url;
    std::string person_url;  // may be empty
    bool takes_basic = true;
    Instant at = 0;
  };

  Result<json::object> fetch(const OutsideQuestion& question, const char* what);
  Result<Told> discover();
  Result<json::object> exchange(const Told& told, std::string_view code,
                                const std::string& verifier);
  Result<json::object> proven_claims(const Told& told, const std::string& token);
  Result<WebKeys> keys(const Told& told, bool anew);
  Status add_missing(const Told& told, const std::string& access_token, json::object& claims);

  const OidcConfig config_;
  OutsideWeb& web_;
  const Clock& clock_;
  std::atomic<int> waiting_ = 0;
  std::mutex mutex_;  // guards what follows, and is not held while the provider is asked
  std::optional<Told> told_;
  WebKeys keys_;
  Instant keys_at_ = 0;
};

}  // namespace linchpin::inbound
