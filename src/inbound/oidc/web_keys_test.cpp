// Tokens that keys made here have signed, and tokens that only look like it.

#include "inbound/oidc/web_keys.h"

#include <gtest/gtest.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include "base/crypto.h"
#include "base/json_writer.h"
#include "inbound/oidc/id_token.h"

namespace linchpin::inbound {
namespace {

constexpr Instant token_time = 1'795'225'200'000;

struct SigningKey {
  explicit SigningKey(EVP_PKEY* made) : key(made) {}
  ~SigningKey() { EVP_PKEY_free(key); }
  SigningKey(const SigningKey&) = delete;
  SigningKey& operator=(const SigningKey&) = delete;

  std::string number(const char* name) const {
    BIGNUM* held = nullptr;
    EVP_PKEY_get_bn_param(key, name, &held);
    std::string bytes(static_cast<std::size_t>(BN_num_bytes(held)), '\0');
    BN_bn2bin(held, reinterpret_cast<unsigned char*>(bytes.data()));
    BN_free(held);
    return bytes;
  }
  std::string coordinate(const char* name) const {
    const std::string bytes = number(name);
    return to_base64url(std::string(32 - bytes.size(), '\0') + bytes);
  }
  std::string signature(std::string_view text) const {
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    std::size_t size = 0;
    const auto* data = reinterpret_cast<const unsigned char*>(text.data());
    EVP_DigestSignInit(context, nullptr, EVP_sha256(), nullptr, key);
    EVP_DigestSign(context, nullptr, &size, data, text.size());
    std::string out(size, '\0');
    EVP_DigestSign(context, reinterpret_cast<unsigned char*>(out.data()), &size, data, text.size());
    EVP_MD_CTX_free(context);
    out.resize(size);
    return out;
  }

  EVP_PKEY* key;
};

std::string raw_numbers(const std::string& der) {
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  ECDSA_SIG* signature = d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size()));
  std::string out(64, '\0');
  auto* space = reinterpret_cast<unsigned char*>(out.data());
  BN_bn2binpad(ECDSA_SIG_get0_r(signature), space, 32);
  BN_bn2binpad(ECDSA_SIG_get0_s(signature), space + 32, 32);
  ECDSA_SIG_free(signature);
  return out;
}

class WebKeysTest : public ::testing::Test {
 protected:
  static SigningKey& rsa() {
    static SigningKey key(EVP_RSA_gen(2048));
    return key;
  }
  static SigningKey& small_rsa() {
    static SigningKey key(EVP_RSA_gen(1024));
    return key;
  }
  static SigningKey& p256() {
    static SigningKey key(EVP_EC_gen("P-256"));
    return key;
  }

  static json::object rsa_document(const SigningKey& key, const char* id) {
    return {{"kty", "RSA"},
            {"kid", id},
            {"use", "sig"},
            {"n", to_base64url(key.number(OSSL_PKEY_PARAM_RSA_N))},
            {"e", to_base64url(key.number(OSSL_PKEY_PARAM_RSA_E))}};
  }
  static json::object p256_document() {
    return {{"kty", "EC"},
            {"crv", "P-256"},
            {"kid", "ec"},
            {"x", p256().coordinate(OSSL_PKEY_PARAM_EC_PUB_X)},
            {"y", p256().coordinate(OSSL_PKEY_PARAM_EC_PUB_Y)}};
  }
  static WebKeys keys() {
    const json::object document{{"keys", json::array{rsa_document(rsa(), "rsa"), p256_document()}}};
    return *WebKeys::parse(document);
  }

  static std::string content(const std::string& head) {
    return to_base64url(head) + "." + to_base64url(R"({"sub":"anna"})");
  }
  static std::string rsa_token(const std::string& head = R"({"alg":"RS256","kid":"rsa"})") {
    const std::string text = content(head);
    return text + "." + to_base64url(rsa().signature(text));
  }
  static std::string p256_token(const std::string& head = R"({"alg":"ES256","kid":"ec"})") {
    const std::string text = content(head);
    return text + "." + to_base64url(raw_numbers(p256().signature(text)));
  }
  static std::string refusal(const std::string& token) {
    const auto claims = keys().claims_of(token);
    return claims ? "believed" : claims.error().detail;
  }
};

TEST_F(WebKeysTest, BelievesWhatItsKeysHaveSigned) {
  for (const std::string& token : {rsa_token(), p256_token(), rsa_token(R"({"alg":"RS256"})")}) {
    const auto claims = keys().claims_of(token);
    ASSERT_TRUE(claims) << token;
    EXPECT_EQ(text_member(*claims, "sub"), "anna");
  }
}

TEST_F(WebKeysTest, AChangedByteIsNotBelieved) {
  for (const std::string& token : {rsa_token(), p256_token()}) {
    for (const std::size_t part : {std::size_t{0}, std::size_t{1}, std::size_t{2}}) {
      std::size_t at = 4;
      for (std::size_t i = 0; i < part; ++i) at = token.find('.', at) + 5;
      std::string changed = token;
      changed[at] = changed[at] == 'A' ? 'B' : 'A';
      EXPECT_NE(refusal(changed), "believed") << part;
    }
  }
}

TEST_F(WebKeysTest, OtherWaysOfSigningAreNotBelieved) {
  const std::string unsigned_text = content(R"({"alg":"none"})");
  EXPECT_EQ(refusal(unsigned_text + "."), "identity_not_proven");
  // The public key as the secret of an HMAC: known from libraries that let the token choose.
  const std::string text = content(R"({"alg":"HS256","kid":"rsa"})");
  Key key{};
  EXPECT_EQ(refusal(text + "." + to_base64url(hmac_sha256(key, text))), "identity_not_proven");
  EXPECT_EQ(refusal(rsa_token(R"({"alg":"ES256","kid":"rsa"})")), "signing_key_unknown");
  EXPECT_EQ(refusal(rsa_token(R"({"alg":"RS256","kid":"rsa","crit":["b64"]})")),
            "identity_not_proven");
  EXPECT_EQ(refusal(rsa_token(R"({"alg":"RS256","kid":"other"})")), "signing_key_unknown");
  for (const std::string junk : {"", ".", "..", "a.b", "a.b.c.d", "é.é.é"}) {
    EXPECT_EQ(refusal(junk), "identity_not_proven") << junk;
  }
  EXPECT_EQ(refusal(std::string(max_signed_token_bytes + 1, '.')), "identity_not_proven");
}

TEST_F(WebKeysTest, KeysThatAreWeakBrokenOrForSomethingElseAreLeftOut) {
  json::object for_encryption = rsa_document(rsa(), "enc");
  for_encryption["use"] = "enc";
  json::object broken = p256_document();
  broken["x"] = to_base64url(std::string(32, 'x'));
  const json::object document{{"keys", json::array{rsa_document(small_rsa(), "small"),
                                                   for_encryption, broken, json::object{}, 7}}};
  EXPECT_EQ(WebKeys::parse(document)->count(), 0U);
  EXPECT_FALSE(WebKeys::parse(json::object{}));
}

class IdTokenTest : public ::testing::Test {
 protected:
  json::object claims{{"iss", "https://id.example.com"},
                      {"sub", "1"},
                      {"aud", "linchpin"},
                      {"exp", token_time / 1000 + 300},
                      {"iat", token_time / 1000},
                      {"nonce", "n"}};
  const ExpectedToken expected{"https://id.example.com", "linchpin", "n", token_time};

  bool is_believed_with(const char* name, const json::value& value) const {
    json::object changed = claims;
    changed[name] = value;
    return check_id_token(changed, expected).has_value();
  }
};

TEST_F(IdTokenTest, IsForThisClientFromThisProviderOfThisSignIn) {
  EXPECT_TRUE(check_id_token(claims, expected));
  for (const char* name : {"iss", "sub", "aud", "exp", "iat", "nonce"}) {
    json::object without = claims;
    without.erase(name);
    EXPECT_FALSE(check_id_token(without, expected)) << name;
    EXPECT_FALSE(is_believed_with(name, json::object())) << name;
  }
  EXPECT_FALSE(is_believed_with("iss", "https://id.example.com/"));
  EXPECT_FALSE(is_believed_with("nonce", "m"));
  EXPECT_FALSE(is_believed_with("aud", "other"));
  EXPECT_FALSE(is_believed_with("aud", json::array{"other"}));
  EXPECT_TRUE(is_believed_with("aud", json::array{"linchpin"}));
  EXPECT_FALSE(is_believed_with("aud", json::array{"linchpin", "other"}));
  EXPECT_FALSE(is_believed_with("azp", "other"));
  claims["azp"] = "linchpin";
  EXPECT_TRUE(is_believed_with("aud", json::array{"linchpin", "other"}));
}

TEST_F(IdTokenTest, CountsOnlyInItsTime) {
  const std::int64_t now = token_time / 1000;
  EXPECT_TRUE(is_believed_with("exp", now - 59));
  EXPECT_FALSE(is_believed_with("exp", now - 60));
  EXPECT_FALSE(is_believed_with("exp", -1));
  EXPECT_FALSE(is_believed_with("exp", 1e300));
  EXPECT_TRUE(is_believed_with("iat", now + 60));
  EXPECT_FALSE(is_believed_with("iat", now + 61));
  EXPECT_TRUE(is_believed_with("iat", static_cast<double>(now) + 0.5));
}

}  // namespace
}  // namespace linchpin::inbound
