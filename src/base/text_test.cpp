#include "base/text.h"

#include <gtest/gtest.h>

#include <string>

#include "base/utf8.h"

namespace linchpin {
namespace {

using Terms = std::vector<std::string>;

TEST(Text, FoldsCaseAndWidth) {
  EXPECT_EQ(fold("Linchpin"), "linchpin");
  EXPECT_EQ(fold("ＡＢＣ　１２３（中国）～"), "abc 123(中国)~");
  EXPECT_EQ(fold("ÀÉÎÕÜÞ×ÿŸ"), "àéîõüþ×ÿÿ");
  EXPECT_EQ(fold("ĀĶĹŇŊŽſİ"), "āķĺňŋžsi");
  EXPECT_EQ(fold("ΑΣΆΈΌΎΏΫς"), "ασάέόύώϋσ");
  EXPECT_EQ(fold("ЀЁАЯѠҊӀӁӐ"), "ѐёаяѡҋӏӂӑ");
  EXPECT_EQ(fold("华为技术有限公司𠮷"), "华为技术有限公司𠮷");
}

TEST(Text, FoldingLeavesBrokenBytesAlone) {
  EXPECT_EQ(fold("A\xff\xe6\x9e"), "a\xff\xe6\x9e");
}

TEST(Text, FoldingTwiceIsFoldingOnce) {
  std::string all;
  for (char32_t c = 1; c < 0x11000; ++c) {
    if (c < 0xD800 || c > 0xDFFF) append_utf8(all, c);
  }
  const std::string once = fold(all);
  EXPECT_EQ(fold(once), once);
  EXPECT_EQ(code_points(once), code_points(all));
}

TEST(Text, FoldTableIsTheSameMapping) {
  const std::u32string from = to_code_points(fold_table().from);
  const std::u32string to = to_code_points(fold_table().to);
  ASSERT_EQ(from.size(), to.size());
  ASSERT_EQ(fold(fold_table().from), fold_table().to);
  std::string all;
  for (char32_t c = 1; c < 0x11000; ++c) {
    if (c < 0xD800 || c > 0xDFFF) append_utf8(all, c);
  }
  std::u32string translated = to_code_points(all);
  for (char32_t& c : translated) {
    const std::size_t index = from.find(c);
    if (index != std::u32string::npos) c = to[index];
  }
  EXPECT_EQ(translated, to_code_points(fold(all)));
}

TEST(Text, TrimsEveryKindOfBlank) {
  EXPECT_EQ(trim(" \t\r\n 枢客\u3000\u00A0\v"), "枢客");
  EXPECT_EQ(trim("\u3000\u00A0"), "");
  EXPECT_EQ(trim(""), "");
  EXPECT_EQ(trim("a b"), "a b");
  EXPECT_EQ(trim("、"), "、");
  EXPECT_EQ(trimmed("  x "), "x");
}

TEST(Text, CountsCodePoints) {
  EXPECT_EQ(code_points(""), 0U);
  EXPECT_EQ(code_points("a枢é𠮷"), 4U);
}

TEST(SearchTerms, ChineseGivesCharactersAndPairs) {
  EXPECT_EQ(search_terms("华为技术"), (Terms{"华", "华为", "为", "为技", "技", "技术", "术"}));
  EXPECT_EQ(search_terms("中"), (Terms{"中"}));
  EXPECT_EQ(search_terms("中，国"), (Terms{"中", "国"}));
}

TEST(SearchTerms, LettersAndDigitsGiveRuns) {
  EXPECT_EQ(search_terms("ABB-GmbH (1234) Ｘ９"), (Terms{"abb", "gmbh", "1234", "x9"}));
  EXPECT_EQ(search_terms("Müller Ωmega"), (Terms{"müller", "ωmega"}));
  EXPECT_EQ(search_terms("TCL科技"), (Terms{"tcl", "科", "科技", "技"}));
  EXPECT_EQ(search_terms(" ,.!？"), Terms{});
}

TEST(SearchTerms, ATermHasALimit) {
  const Terms terms = search_terms(std::string(10'000, 'x'));
  ASSERT_EQ(terms.size(), 1U);
  EXPECT_EQ(terms[0].size(), 64U);
}

}  // namespace
}  // namespace linchpin
