#include "base/utf8.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace linchpin {
namespace {

TEST(Utf8, EveryCodePointReadsBackTheSame) {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string text;
    append_utf8(text, c);
    const CodePoint point = code_point_at(text, 0);
    ASSERT_TRUE(point.valid);
    ASSERT_EQ(point.value, c);
    ASSERT_EQ(point.size, text.size());
  }
}

TEST(Utf8, RefusesWhatIsNotUtf8) {
  for (const char* text :
       {"\x80", "\xc0\xaf", "\xc1\xbf", "\xe0\x80\xaf", "\xed\xa0\x80", "\xf0\x80\x80\xaf",
        "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "a\xe6\x9e",
        "\xe6\x9e"
        "a"}) {
    EXPECT_FALSE(is_utf8(text));
  }
  EXPECT_TRUE(is_utf8(""));
  EXPECT_TRUE(is_utf8("枢客 Linchpin é 𠮷"));
}

TEST(Utf8, BrokenBytesBecomeTheReplacementCharacter) {
  EXPECT_EQ(to_code_points("a\xff枢\xe6"), U"a\uFFFD枢\uFFFD");
}

}  // namespace
}  // namespace linchpin
