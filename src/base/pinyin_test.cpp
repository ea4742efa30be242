#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "base/text.h"

namespace linchpin {
namespace {

struct Expectation {
  const char* name;
  const char* full;
  const char* initials;
};

TEST(Pinyin, ReadsNamesAsPeopleDo) {
  const Expectation expectations[] = {
      {"北京", "beijing", "bj"},
      {"重庆", "chongqing", "cq"},
      {"厦门", "xiamen", "xm"},
      {"成都", "chengdu", "cd"},
      {"中国工商银行", "zhongguogongshangyinhang", "zggsyh"},
      {"长城汽车", "changchengqiche", "ccqc"},
      {"音乐", "yinyue", "yy"},
      {"行长", "hangzhang", "hz"},
      {"重庆长安汽车股份有限公司", "chongqingchanganqichegufenyouxiangongsi", "cqcaqcgfyxgs"},
      {"绿地控股", "lvdikonggu", "ldkg"},
      {"二〇二六", "erlingerliu", "elel"},
      {"国家电网", "guojiadianwang", "gjdw"},
      {"长沙", "changsha", "cs"},
      {"三一重工", "sanyizhonggong", "syzg"},
      {"朝阳区", "chaoyangqu", "cyq"},
  };
  for (const auto& [name, full, initials] : expectations) {
    const PinyinForms forms = pinyin_forms(name);
    EXPECT_EQ(forms.full, full) << name;
    EXPECT_EQ(forms.initials, initials) << name;
  }
}

TEST(Pinyin, KeepsLettersAndDigitsAndDropsTheRest) {
  EXPECT_EQ(pinyin_forms("TCL 科技（集团）").full, "tclkejijituan");
  EXPECT_EQ(pinyin_forms("TCL 科技（集团）").initials, "tclkjjt");
  EXPECT_EQ(pinyin_forms("360-Ａ座").full, "360azuo");
  EXPECT_EQ(pinyin_forms("").full, "");
  EXPECT_EQ(pinyin_forms("\xff，。").full, "");
}

TEST(Pinyin, ReadsSurnamesOfPeopleOnly) {
  EXPECT_EQ(pinyin_forms("单雄信", NameKind::person).full, "shanxiongxin");
  EXPECT_EQ(pinyin_forms("单位", NameKind::organization).full, "danwei");
  EXPECT_EQ(pinyin_forms("欧阳修", NameKind::person).full, "ouyangxiu");
  EXPECT_EQ(pinyin_forms("区寄", NameKind::person).full, "ouji");
  EXPECT_EQ(pinyin_forms("尉迟恭", NameKind::person).full, "yuchigong");
  EXPECT_EQ(pinyin_forms("", NameKind::person).full, "");
}

TEST(Pinyin, LongTextIsReadWhole) {
  std::string text;
  for (int i = 0; i < 500; ++i) text += "华";
  EXPECT_EQ(pinyin_forms(text).initials, std::string(500, 'h'));
}

TEST(PinyinKey, CarriesReadingToneAndCharacter) {
  EXPECT_EQ(pinyin_key("银行"), "yin2银hang2行");
  EXPECT_EQ(pinyin_key(" ABB（中国）"), "abb(zhong1中guo2国)");
  EXPECT_EQ(pinyin_key("一不"), "yi1一bu4不");
}

TEST(PinyinKey, SortsLikeAPhoneBook) {
  const std::vector<std::string> sorted = {
      "360集团",  "3M中国",   "阿里巴巴", "ABB",      "安徽海螺", "北京电力",
      "长城汽车", "成都银行", "重庆钢铁", "hua",      "华为技术", "HuaRun",
      "李明",     "李四",     "里昂证券", "西安电力", "西门子",   "厦门建发",
      "先导智能", "银泰百货", "张三",     "张伟",     "章安",
  };
  std::vector<std::string> names = sorted;
  std::shuffle(names.begin(), names.end(), std::mt19937(7));
  std::sort(names.begin(), names.end(), [](const std::string& a, const std::string& b) {
    return pinyin_key(a) < pinyin_key(b);
  });
  EXPECT_EQ(names, sorted);
}

TEST(PinyinKey, IsTheSameForTheSameFoldedText) {
  EXPECT_EQ(pinyin_key("ＡＢＢ 中国"), pinyin_key("abb 中国"));
  EXPECT_NE(pinyin_key("李明"), pinyin_key("里明"));
  EXPECT_NE(pinyin_key("西安"), pinyin_key("先"));
}

TEST(PinyinKey, ACharacterWithoutReadingStaysItself) {
  EXPECT_EQ(pinyin_key("𠮷野家").substr(0, 4), "𠮷");
}

}  // namespace
}  // namespace linchpin
