#include <gtest/gtest.h>

#include "dossier/completeness.h"
#include "dossier/credit_code.h"

namespace linchpin::dossier {
namespace {

TEST(CreditCode, TheCheckCharacterTells) {
  EXPECT_TRUE(is_credit_code("91350100M000100Y43"));
  EXPECT_TRUE(is_credit_code("91110000600037341L"));
  EXPECT_FALSE(is_credit_code("91350100M000100Y44"));
  EXPECT_FALSE(is_credit_code("91350100M000100Y4"));
  EXPECT_FALSE(is_credit_code(""));
  EXPECT_FALSE(is_credit_code("91350100I000100Y43"));  // I is not used
}

// Every change of one character and every exchange of two neighbours is found.
TEST(CreditCode, SlipsOfThePenAreFound) {
  const std::string right = "91350100M000100Y43";
  constexpr std::string_view characters = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  for (std::size_t i = 0; i < right.size(); ++i) {
    for (const char other : characters) {
      std::string slip = right;
      slip[i] = other;
      EXPECT_EQ(is_credit_code(slip), slip == right) << slip;
    }
    if (i + 1 == right.size()) break;
    std::string slip = right;
    std::swap(slip[i], slip[i + 1]);
    EXPECT_EQ(is_credit_code(slip), slip == right) << slip;
  }
}

TEST(CreditCode, IsStoredPlain) {
  EXPECT_EQ(plain_credit_code(" ９１３５０１００m000100y43 "), "91350100M000100Y43");
  EXPECT_EQ(plain_credit_code("91350100-M000100Y-43"), "91350100M000100Y43");
}

TEST(Completeness, CountsWhatTheCardOfASectorAsksFor) {
  const Completeness empty = completeness_of("", [](std::string_view) { return false; });
  EXPECT_EQ(empty.filled, 0);
  EXPECT_EQ(empty.hundredths(), 0);
  EXPECT_FALSE(empty.minimum_met);
  EXPECT_EQ(empty.missing.size(), static_cast<std::size_t>(empty.asked));
  const Completeness full = completeness_of("finance", [](std::string_view) { return true; });
  EXPECT_EQ(full.hundredths(), 100);
  EXPECT_TRUE(full.minimum_met);
  const Completeness unrated =
      completeness_of("finance", [](std::string_view field) { return field != "bank_rating"; });
  EXPECT_EQ(unrated.missing.size(), 1u);
  EXPECT_TRUE(unrated.minimum_met);
}

bool asks_for(std::string_view sector, std::string_view name) {
  const std::vector<CardField> fields = card_fields(sector);
  return std::any_of(fields.begin(), fields.end(),
                     [&](const CardField& field) { return field.name == name; });
}

TEST(Completeness, AsksEachSectorForItsOwn) {
  EXPECT_TRUE(asks_for("finance", "deposits"));
  EXPECT_TRUE(asks_for("telecom", "subscribers"));
  EXPECT_TRUE(asks_for("commerce", "shop_count"));
  EXPECT_TRUE(asks_for("manufacturing", "industry_rank"));
  EXPECT_TRUE(asks_for("", "industry_rank"));
  EXPECT_FALSE(asks_for("finance", "subscribers"));
  EXPECT_FALSE(asks_for("commerce", "industry_rank"));
  EXPECT_FALSE(asks_for("government", "annual_revenue"));
}

TEST(Completeness, TheMinimumIsAtMostEightFields) {
  for (const char* sector : {"", "government", "finance", "telecom", "commerce", "manufacturing"}) {
    int minimum = 0;
    for (const CardField& field : card_fields(sector)) minimum += field.minimum ? 1 : 0;
    EXPECT_LE(minimum, 8) << sector;
  }
}

}  // namespace
}  // namespace linchpin::dossier
