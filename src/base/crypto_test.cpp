#include "base/crypto.h"

#include <gtest/gtest.h>

#include <set>

namespace linchpin {
namespace {

std::string from_hex(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  }
  return bytes;
}

TEST(Crypto, RandomValuesDiffer) {
  EXPECT_EQ(random_bytes(24).size(), 24U);
  EXPECT_NE(random_bytes(24), random_bytes(24));
  EXPECT_NE(random_key(), random_key());
}

TEST(Crypto, RandomPasswordsAvoidLookAlikes) {
  std::set<char> used;
  for (int i = 0; i < 200; ++i) {
    const std::string password = random_password(20);
    ASSERT_EQ(password.size(), 20U);
    used.insert(password.begin(), password.end());
  }
  EXPECT_EQ(used.size(), 56U);
  for (const char c : std::string_view("0O1lI")) EXPECT_EQ(used.count(c), 0U) << c;
}

TEST(Crypto, PasswordsVerifyOnlyAsTheyAre) {
  const std::string hash = hash_password("密码 correct horse").value();
  EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")) << hash;
  EXPECT_TRUE(verify_password(hash, "密码 correct horse"));
  EXPECT_FALSE(verify_password(hash, "密码 correct horsf"));
  EXPECT_FALSE(verify_password(hash, ""));
  EXPECT_NE(hash, hash_password("密码 correct horse").value());
}

TEST(Crypto, BrokenHashesAndHugePasswordsAreRefused) {
  EXPECT_FALSE(verify_password("", "x"));
  EXPECT_FALSE(verify_password("$argon2id$nonsense", "x"));
  EXPECT_EQ(hash_password(std::string(5000, 'x')).error().detail, "password_too_long");
}

TEST(Crypto, OpensThePublishedVector) {
  const Key key{};
  const std::string sealed(
      from_hex("000000000000000000000000"
               "cea7403d4d606b6e074ec5d3baf39d18"
               "d0d1c8a799996bf0265b98b5d48ab919"));
  EXPECT_EQ(open_sealed(key, sealed, "").value(), std::string(16, '\0'));
}

TEST(Crypto, SealedValuesOpenWithTheirKeyAndContext) {
  const Key key = random_key();
  for (const std::string& plain :
       {std::string(), std::string("1990-05-01"), std::string(9999, 'x')}) {
    const std::string sealed = seal(key, plain, "contact/7/birthday");
    EXPECT_EQ(sealed.size(), 12 + plain.size() + 16);
    EXPECT_EQ(open_sealed(key, sealed, "contact/7/birthday").value(), plain);
    EXPECT_NE(sealed, seal(key, plain, "contact/7/birthday"));
    EXPECT_FALSE(open_sealed(key, sealed, "contact/8/birthday"));
    EXPECT_FALSE(open_sealed(random_key(), sealed, "contact/7/birthday"));
  }
}

TEST(Crypto, AnyChangeOfASealedValueIsNoticed) {
  const Key key = random_key();
  const std::string sealed = seal(key, "打高尔夫", "x");
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    std::string changed = sealed;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    ASSERT_EQ(open_sealed(key, changed, "x").error().detail, "sealed_value_damaged");
    ASSERT_FALSE(open_sealed(key, sealed.substr(0, i), "x"));
  }
}

TEST(Crypto, DigestsMatchPublishedVectors) {
  constexpr std::string_view abc =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  EXPECT_EQ(to_hex(sha256("abc")), abc);
  Sha256 pieces;
  pieces.add("a");
  pieces.add("");
  pieces.add("bc");
  EXPECT_EQ(to_hex(pieces.finish()), abc);
  Key key;
  for (std::size_t i = 0; i < key.size(); ++i) key[i] = static_cast<unsigned char>(i + 1);
  // Computed with another implementation.
  EXPECT_EQ(to_hex(hmac_sha256(key, "what do ya want for nothing?")),
            "4d9d653fcd05f91cd858a20d50c74b604fe38f2cac49d9b0a7099584cf4fb35a");
}

TEST(Crypto, ComparesInConstantTime) {
  EXPECT_TRUE(equal_in_constant_time("abc", "abc"));
  EXPECT_TRUE(equal_in_constant_time("", ""));
  EXPECT_FALSE(equal_in_constant_time("abc", "abd"));
  EXPECT_FALSE(equal_in_constant_time("abc", "ab"));
}

TEST(Crypto, Base64urlReadsBackTheSame) {
  EXPECT_EQ(to_base64url(""), "");
  EXPECT_EQ(to_base64url("f"), "Zg");
  EXPECT_EQ(to_base64url("fo"), "Zm8");
  EXPECT_EQ(to_base64url("foo"), "Zm9v");
  EXPECT_EQ(to_base64url("\xfb\xff"), "-_8");
  for (std::size_t size = 0; size < 40; ++size) {
    const std::string bytes = random_bytes(size);
    EXPECT_EQ(from_base64url(to_base64url(bytes)).value(), bytes);
  }
}

TEST(Crypto, Base64urlHasOneSpelling) {
  for (const char* text : {"Z", "Zh", "Zm9", "Zg==", "Zm+v", "Zm/v", "Zm 9v", "Zm9vZ"}) {
    EXPECT_EQ(from_base64url(text).error().detail, "wrong_base64url") << text;
  }
}

}  // namespace
}  // namespace linchpin
