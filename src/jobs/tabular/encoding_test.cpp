#include "jobs/tabular/encoding.h"

#include <gtest/gtest.h>

#include <string>

namespace linchpin::tabular {
namespace {

using namespace std::string_literals;

TEST(Utf8Prefix, TellsWrongFromCutOff) {
  EXPECT_EQ(utf8_prefix("plain text, longer than a word").size, 30U);
  EXPECT_FALSE(utf8_prefix("重点客户").wrong);
  for (const std::string cut : {"\xE9", "\xE9\x87", "\xF0", "\xF0\xA0", "\xF0\xA0\x80", "\xC3",
                                "\xED\x9F", "\xE0\xA0", "\xF4\x8F\xBF"}) {
    const TextPrefix prefix = utf8_prefix("abc" + cut);
    EXPECT_EQ(prefix.size, 3U);
    EXPECT_FALSE(prefix.wrong) << testing::PrintToString(cut);
  }
  for (const std::string wrong : {"\xE9x", "\xE9\x87x", "\x80", "\xC0\x80", "\xED\xA0\x80", "\xFF",
                                  "\xE0\x80", "\xF4\x90", "\xF5", "\xED\xA0"}) {
    const TextPrefix prefix = utf8_prefix("abc" + wrong);
    EXPECT_EQ(prefix.size, 3U);
    EXPECT_TRUE(prefix.wrong) << testing::PrintToString(wrong);
  }
}

TEST(AsciiPrefix, EndsAtTheFirstOtherByte) {
  EXPECT_EQ(ascii_prefix(""), 0U);
  for (std::size_t at = 0; at < 20; ++at) {
    EXPECT_EQ(ascii_prefix(std::string(at, 'x')), at);
    EXPECT_EQ(ascii_prefix(std::string(at, '\0') + "重点客户管理"), at);
  }
}

TEST(Utf8Prefix, FindsAZeroByteAnywhere) {
  for (std::size_t at = 0; at < 20; ++at) {
    std::string text(20, 'x');
    text[at] = '\0';
    EXPECT_EQ(utf8_prefix(text).size, at);
    EXPECT_TRUE(utf8_prefix(text).wrong);
  }
}

TEST(GuessEncoding, ByMarkThenUtf8ThenGb18030) {
  EXPECT_EQ(guess_encoding("a,b")->encoding, Encoding::utf8);
  EXPECT_EQ(guess_encoding("\xEF\xBB\xBFxy")->mark_bytes, 3U);
  EXPECT_EQ(guess_encoding("\xFF\xFEx\0"s)->encoding, Encoding::utf16le);
  EXPECT_EQ(guess_encoding("\xFE\xFF\0x"s)->encoding, Encoding::utf16be);
  EXPECT_EQ(guess_encoding("\xBF\xCD\xBB\xA7,\xB5\xD8\xC7\xF8")->encoding, Encoding::gb18030);
  EXPECT_FALSE(guess_encoding("a\0b"s));
}

TEST(GuessEncoding, ACharacterCutOffAtTheEndIsNoHindrance) {
  EXPECT_EQ(guess_encoding("重点\xE9\x87")->encoding, Encoding::utf8);
  EXPECT_EQ(guess_encoding("\xBF\xCD\xBB\xA7\xB5")->encoding, Encoding::gb18030);
}

TEST(GuessEncoding, WesternTextIsNotTakenForChinese) {
  EXPECT_FALSE(guess_encoding("M\xFCller, K\xF6hler, Gr\xFC\xDF, 1"));
  EXPECT_FALSE(guess_encoding("caf\xE9, 1"));
}

}  // namespace
}  // namespace linchpin::tabular
