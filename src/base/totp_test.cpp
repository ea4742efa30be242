#include "base/totp.h"

#include <gtest/gtest.h>

namespace linchpin {
namespace {

constexpr std::string_view rfc_secret = "12345678901234567890";

struct Vector {
  std::int64_t seconds;
  const char* code;
};

TEST(Totp, GivesTheCodesOfRfc6238) {
  // Appendix B, SHA-1.
  for (const Vector& vector :
       {Vector{59, "94287082"}, Vector{1'111'111'109, "07081804"},
        Vector{1'111'111'111, "14050471"}, Vector{1'234'567'890, "89005924"},
        Vector{2'000'000'000, "69279037"}, Vector{20'000'000'000, "65353130"}}) {
    EXPECT_EQ(totp_code(rfc_secret, totp_step(vector.seconds * 1000), 8), vector.code);
  }
}

TEST(Totp, GivesTheCodesOfRfc4226) {
  // Appendix D: the counter is the step.
  constexpr std::array codes{"755224", "287082", "359152", "969429", "338314",
                             "254676", "287922", "162583", "399871", "520489"};
  for (std::size_t i = 0; i < codes.size(); ++i) {
    EXPECT_EQ(totp_code(rfc_secret, static_cast<std::int64_t>(i)), codes[i]);
  }
}

TEST(Totp, ClocksMayDifferByOneStepAndNoCodeCountsTwice) {
  const Instant now = Instant{1'111'111'109} * 1000;
  const std::int64_t step = totp_step(now);
  for (const std::int64_t off : {-1, 0, 1}) {
    const std::string code = totp_code(rfc_secret, step + off);
    EXPECT_EQ(matching_totp_step(rfc_secret, code, now, 0), step + off);
    EXPECT_EQ(matching_totp_step(rfc_secret, code, now, step + off), std::nullopt);
  }
  for (const std::int64_t off : {-2, 2}) {
    EXPECT_EQ(matching_totp_step(rfc_secret, totp_code(rfc_secret, step + off), now, 0),
              std::nullopt);
  }
  EXPECT_EQ(matching_totp_step(rfc_secret, "", now, 0), std::nullopt);
}

TEST(Totp, SecretsAreWrittenAsRfc4648Says) {
  EXPECT_EQ(to_base32(""), "");
  EXPECT_EQ(to_base32("f"), "MY");
  EXPECT_EQ(to_base32("fo"), "MZXQ");
  EXPECT_EQ(to_base32("foo"), "MZXW6");
  EXPECT_EQ(to_base32("foob"), "MZXW6YQ");
  EXPECT_EQ(to_base32("fooba"), "MZXW6YTB");
  EXPECT_EQ(to_base32("foobar"), "MZXW6YTBOI");
}

}  // namespace
}  // namespace linchpin
