#include "inbound/oidc/provider.h"

#include <openssl/evp.h>

#include "base/crypto.h"
#include "inbound/oidc/id_token.h"
#include "inbound/http/percent_encoding.h"

namespace linchpin::inbound {
namespace {

constexpr std::string_view discovery_path = "/.well-known/openid-configuration";

std::string form(const Headers& values) {
  std::string text;
  for (const auto& [name, value] : values) {
    if (!text.empty()) text += '&';
    text += name + "=" + percent_encoded(value);
  }
  return text;
}

std::string base64(std::string_view bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                   reinterpret_cast<const unsigned char*>(bytes.data()),
                                   static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

bool lists(const json::object& document, std::string_view name, std::string_view wanted) {
  const json::value* list = document.if_contains(name);
  if (list == nullptr || !list->is_array()) return false;
  for (const json::value& one : list->get_array()) {
    if (one.is_string() && std::string_view(one.get_string()) == wanted) return true;
  }
  return false;
}

}  // namespace

// One of the few who may wait for the provider: an absent one must not take all threads.
class OidcProvider::Turn {
 public:
  explicit Turn(std::atomic<int>& waiting) : waiting_(waiting), taken_(++waiting <= max_at_once) {}
  ~Turn() { --waiting_; }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

  Status allowed() const {
    if (taken_) return {};
    return Error::of(ErrorCode::overloaded, "sign_in_busy");
  }

 private:
  std::atomic<int>& waiting_;
  const bool taken_;
};

OidcProvider::OidcProvider(OidcConfig config, OutsideWeb& web, const Clock& clock)
    : config_(std::move(config)), web_(web), clock_(clock) {}

Result<json::object> OidcProvider::fetch(const OutsideQuestion& question, const char* what) {
  LP_TRY(const OutsideAnswer answer, web_.ask(question));
  if (answer.status != 200) {
    return provider_unusable(std::string(what) + " answers " + std::to_string(answer.status));
  }
  auto document = parse_json_object(answer.body);
  if (!document) return provider_unusable(std::string(what) + " is no JSON object");
  return document;
}

Result<OidcProvider::Told> OidcProvider::discover() {
  const Instant now = clock_.now();
  {
    const std::lock_guard lock(mutex_);
    if (told_ && now - told_->at < told_for) return *told_;
  }
  std::string base = config_.issuer;
  if (base.ends_with('/')) base.pop_back();
  OutsideQuestion question;
  question.url = base + std::string(discovery_path);
  LP_TRY(const json::object document, fetch(question, "the discovery document"));
  if (text_member(document, "issuer") != config_.issuer) {
    return provider_unusable("the discovery document is of another issuer");
  }
  Told told;
  told.authorize_url = text_member(document, "authorization_endpoint");
  told.token_url = text_member(document, "token_endpoint");
  told.keys_url = text_member(document, "jwks_uri");
  told.person_url = text_member(document, "userinfo_endpoint");
  constexpr std::string_view methods = "token_endpoint_auth_methods_supported";
  told.takes_basic = !document.contains(methods) || lists(document, methods, "client_secret_basic");
  told.at = now;
  for (const std::string* url : {&told.authorize_url, &told.token_url, &told.keys_url}) {
    if (!is_safe_address(*url)) return provider_unusable("an address that is not safe: " + *url);
  }
  const std::lock_guard lock(mutex_);
  told_ = told;
  return told;
}

Result<std::string> OidcProvider::sign_in_url(const Secrets& secrets) {
  const Turn turn(waiting_);
  LP_CHECK(turn.allowed());
  LP_TRY(const Told told, discover());
  const std::string query = form({{"response_type", "code"},
                                  {"client_id", config_.client_id},
                                  {"redirect_uri", config_.redirect_url},
                                  {"scope", std::string(oidc_scopes)},
                                  {"state", secrets.state},
                                  {"nonce", secrets.nonce},
                                  {"code_challenge", to_base64url(sha256(secrets.verifier))},
                                  {"code_challenge_method", "S256"}});
  const char* joint = told.authorize_url.find('?') == std::string::npos ? "?" : "&";
  return told.authorize_url + joint + query;
}

Result<json::object> OidcProvider::exchange(const Told& told, std::string_view code,
                                            const std::string& verifier) {
  OutsideQuestion question;
  question.method = Method::post;
  question.url = told.token_url;
  question.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
  Headers values = {{"grant_type", "authorization_code"},
                    {"code", std::string(code)},
                    {"redirect_uri", config_.redirect_url},
                    {"code_verifier", verifier}};
  if (!config_.client_secret.empty() && told.takes_basic) {
    const std::string pair =
        percent_encoded(config_.client_id) + ":" + percent_encoded(config_.client_secret);
    question.headers.emplace_back("Authorization", "Basic " + base64(pair));
  } else {
    values.emplace_back("client_id", config_.client_id);
    if (!config_.client_secret.empty()) {
      values.emplace_back("client_secret", config_.client_secret);
    }
  }
  question.body = form(values);
  LP_TRY(const OutsideAnswer answer, web_.ask(question));
  // The code is wrong, too old, or was used.
  if (answer.status == 400) return identity_not_proven("the provider refuses the code");
  if (answer.status != 200) {
    return provider_unusable("the token endpoint answers " + std::to_string(answer.status));
  }
  auto document = parse_json_object(answer.body);
  if (!document) return provider_unusable("the token endpoint gives no JSON object");
  return document;
}

Result<WebKeys> OidcProvider::keys(const Told& told, bool anew) {
  const Instant now = clock_.now();
  {
    const std::lock_guard lock(mutex_);
    const std::int64_t age = now - keys_at_;
    if (keys_at_ != 0 && age < (anew ? keys_at_least_for : told_for)) return keys_;
  }
  OutsideQuestion question;
  question.url = told.keys_url;
  LP_TRY(const json::object document, fetch(question, "the list of keys"));
  LP_TRY(WebKeys keys, WebKeys::parse(document));
  const std::lock_guard lock(mutex_);
  keys_ = keys;
  keys_at_ = now;
  return keys;
}

Result<json::object> OidcProvider::proven_claims(const Told& told, const std::string& token) {
  LP_TRY(const WebKeys known, keys(told, false));
  Result<json::object> claims = known.claims_of(token);
  if (claims || claims.error().detail != "signing_key_unknown") return claims;
  // The provider changes its keys from time to time.
  LP_TRY(const WebKeys newer, keys(told, true));
  claims = newer.claims_of(token);
  if (claims || claims.error().detail != "signing_key_unknown") return claims;
  return identity_not_proven("an unknown key");
}

// Many providers put names and addresses only here (OpenID Connect Core, 5.3).
Status OidcProvider::add_missing(const Told& told, const std::string& access_token,
                                 json::object& claims) {
  if (claims.contains(config_.claim) || told.person_url.empty() || access_token.empty()) return {};
  if (!is_safe_address(told.person_url)) return provider_unusable("userinfo is not safe");
  for (const char c : access_token) {
    if (c <= ' ' || c > '~') return provider_unusable("a broken access token");
  }
  OutsideQuestion question;
  question.url = told.person_url;
  question.headers = {{"Authorization", "Bearer " + access_token}};
  LP_TRY(const json::object person, fetch(question, "userinfo"));
  if (text_member(person, "sub") != text_member(claims, "sub")) {
    return identity_not_proven("userinfo of somebody else");
  }
  for (const auto& [name, value] : person) {
    if (!claims.contains(name)) claims[name] = value;
  }
  return {};
}

Result<json::object> OidcProvider::claims_for(std::string_view code, const Secrets& secrets) {
  const Turn turn(waiting_);
  LP_CHECK(turn.allowed());
  LP_TRY(const Told told, discover());
  LP_TRY(const json::object answer, exchange(told, code, secrets.verifier));
  LP_TRY(json::object claims, proven_claims(told, text_member(answer, "id_token")));
  LP_CHECK(
      check_id_token(claims, {config_.issuer, config_.client_id, secrets.nonce, clock_.now()}));
  LP_CHECK(add_missing(told, text_member(answer, "access_token"), claims));
  return claims;
}

}  // namespace linchpin::inbound
