#include "inbound/oidc/web_keys.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <optional>

#include "base/crypto.h"

namespace linchpin::inbound {
namespace {

constexpr std::size_t p256_bytes = 32;

template <auto release>
struct Releasing {
  template <class T>
  void operator()(T* held) const {
    release(held);
  }
};
template <class T, auto release>
using Held = std::unique_ptr<T, Releasing<release>>;

using Number = Held<BIGNUM, BN_free>;
using ParamBuilder = Held<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>;
using Params = Held<OSSL_PARAM, OSSL_PARAM_free>;
using KeyContext = Held<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using DigestContext = Held<EVP_MD_CTX, EVP_MD_CTX_free>;
using EcSignature = Held<ECDSA_SIG, ECDSA_SIG_free>;

const unsigned char* octets(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

Number number_of(std::string_view bytes) {
  return Number(BN_bin2bn(octets(bytes), static_cast<int>(bytes.size()), nullptr));
}

// Nothing where OpenSSL does not take it for a key.
std::shared_ptr<EVP_PKEY> built_key(const char* kind, OSSL_PARAM_BLD* builder) {
  const Params params(OSSL_PARAM_BLD_to_param(builder));
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, kind, nullptr));
  EVP_PKEY* key = nullptr;
  if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get()) != 1) {
    return nullptr;
  }
  return {key, EVP_PKEY_free};
}

std::shared_ptr<EVP_PKEY> rsa_key(const json::object& told) {
  const auto modulus = from_base64url(text_member(told, "n"));
  const auto exponent = from_base64url(text_member(told, "e"));
  if (!modulus || !exponent) return nullptr;
  const Number n = number_of(*modulus);
  const Number e = number_of(*exponent);
  const ParamBuilder builder(OSSL_PARAM_BLD_new());
  if (!n || !e || !builder || BN_num_bits(n.get()) < min_rsa_bits) return nullptr;
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
  return built_key("RSA", builder.get());
}

std::shared_ptr<EVP_PKEY> p256_key(const json::object& told) {
  const auto x = from_base64url(text_member(told, "x"));
  const auto y = from_base64url(text_member(told, "y"));
  if (!x || !y || x->size() != p256_bytes || y->size() != p256_bytes) return nullptr;
  const std::string point = '\4' + *x + *y;
  const ParamBuilder builder(OSSL_PARAM_BLD_new());
  if (!builder) return nullptr;
  OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0);
  OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                   point.size());
  return built_key("EC", builder.get());
}

// The two numbers as OpenSSL wants them written.
std::string der_signature(std::string_view numbers) {
  if (numbers.size() != 2 * p256_bytes) return {};
  const EcSignature signature(ECDSA_SIG_new());
  Number r = number_of(numbers.substr(0, p256_bytes));
  Number s = number_of(numbers.substr(p256_bytes));
  if (!signature || !r || !s) return {};
  ECDSA_SIG_set0(signature.get(), r.release(), s.release());
  unsigned char* out = nullptr;
  const int size = i2d_ECDSA_SIG(signature.get(), &out);
  if (size <= 0) return {};
  const std::string der(reinterpret_cast<const char*>(out), static_cast<std::size_t>(size));
  OPENSSL_free(out);
  return der;
}

bool is_signed_by(EVP_PKEY* key, WebSignature kind, std::string_view text,
                  std::string_view signature) {
  const std::string wanted =
      kind == WebSignature::es256 ? der_signature(signature) : std::string(signature);
  const DigestContext context(EVP_MD_CTX_new());
  return context && !wanted.empty() &&
         EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key) == 1 &&
         EVP_DigestVerify(context.get(), octets(wanted), wanted.size(), octets(text),
                          text.size()) == 1;
}

std::optional<WebSignature> signature_named(std::string_view name) {
  if (name == "RS256") return WebSignature::rs256;
  if (name == "ES256") return WebSignature::es256;
  return std::nullopt;
}

struct SignedText {
  json::object head;
  std::string_view content;  // what is signed
  std::string payload;
  std::string signature;
};

Result<SignedText> taken_apart(std::string_view token) {
  const std::size_t first = token.find('.');
  const std::size_t second = token.rfind('.');
  if (token.size() > max_signed_token_bytes || first == token.npos || second == first) {
    return identity_not_proven("not a signed token");
  }
  SignedText parts;
  parts.content = token.substr(0, second);
  LP_TRY(const std::string head, from_base64url(token.substr(0, first)));
  LP_TRY(parts.head, parse_json_object(head));
  LP_TRY(parts.payload, from_base64url(token.substr(first + 1, second - first - 1)));
  LP_TRY(parts.signature, from_base64url(token.substr(second + 1)));
  return parts;
}

}  // namespace

Error identity_not_proven(std::string why) {
  Error error = Error::of(ErrorCode::unauthenticated, "identity_not_proven");
  error.log_detail = std::move(why);
  return error;
}

Error provider_unusable(std::string why) {
  Error error = Error::of(ErrorCode::overloaded, "provider_unusable");
  error.log_detail = std::move(why);
  return error;
}

std::string text_member(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  if (value == nullptr || !value->is_string()) return {};
  const json::string& text = value->get_string();
  return std::string(text.data(), text.size());
}

Result<WebKeys> WebKeys::parse(const json::object& document) {
  const json::value* told = document.if_contains("keys");
  if (told == nullptr || !told->is_array()) return provider_unusable("no list of keys");
  WebKeys keys;
  for (const json::value& one : told->get_array()) {
    if (keys.keys_.size() == max_web_keys) break;
    if (!one.is_object()) continue;
    const json::object& object = one.get_object();
    const std::string use = text_member(object, "use");
    if (!use.empty() && use != "sig") continue;
    const std::string kind = text_member(object, "kty");
    WebKey key;
    key.id = text_member(object, "kid");
    if (kind == "RSA") {
      key.key = rsa_key(object);
    } else if (kind == "EC" && text_member(object, "crv") == "P-256") {
      key.signature = WebSignature::es256;
      key.key = p256_key(object);
    }
    if (key.key) keys.keys_.push_back(std::move(key));
  }
  return keys;
}

Result<json::object> WebKeys::claims_of(std::string_view token) const {
  const Result<SignedText> taken = taken_apart(token);
  if (!taken) return identity_not_proven("a token that cannot be read");
  const auto kind = signature_named(text_member(taken->head, "alg"));
  if (!kind || taken->head.contains("crit")) return identity_not_proven("signed in another way");
  const std::string id = text_member(taken->head, "kid");
  bool known = false;
  for (const WebKey& key : keys_) {
    if (key.signature != *kind || (!id.empty() && key.id != id)) continue;
    known = true;
    if (!is_signed_by(key.key.get(), *kind, taken->content, taken->signature)) continue;
    auto claims = parse_json_object(taken->payload);
    if (!claims) return identity_not_proven("claims that cannot be read");
    return claims;
  }
  if (known) return identity_not_proven("a wrong signature");
  Error error = Error::of(ErrorCode::unauthenticated, "signing_key_unknown");
  error.log_detail = "key " + id;
  return error;
}

}  // namespace linchpin::inbound
