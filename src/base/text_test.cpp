#include "base/text.h"

#include <gtest/gtest.h>

#include <string>

#include "base/utf8.h"

namespace linchpin {
namespace {

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

std::string runs_of(std::string_view text) {
  const std::u32string points = to_code_points(text);
  std::string shown;
  for (const WordRun& run : word_runs(points)) {
    if (!shown.empty()) shown += '|';
    for (std::size_t i = run.begin; i < run.end; ++i) append_utf8(shown, points[i]);
    shown += run.spaced ? "" : "*";
  }
  return shown;
}

TEST(WordRuns, ChineseAndOtherScriptsStandApart) {
  EXPECT_EQ(runs_of("华为技术"), "华为技术*");
  EXPECT_EQ(runs_of("中，国"), "中*|国*");
  EXPECT_EQ(runs_of("ABB-GmbH (1234) x9"), "ABB|GmbH|1234|x9");
  EXPECT_EQ(runs_of("TCL科技 Müller"), "TCL|科技*|Müller");
  EXPECT_EQ(runs_of(" ,.!？"), "");
}

}  // namespace
}  // namespace linchpin
