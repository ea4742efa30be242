#include "base/company_name.h"

#include <gtest/gtest.h>

namespace linchpin {
namespace {

TEST(EssentialName, LegalFormsBracketsAndWidthDoNotCount) {
  for (const char* name :
       {"华东电力有限公司", "华东电力（集团）股份有限公司", "华东电力 (集团) 有限责任公司",
        "【华东电力】集团公司", "　华东 电力　", "华东电力集团总公司"}) {
    EXPECT_EQ(essential_name(name), "华东电力") << name;
  }
  for (const char* name : {"Acme Tools Co., Ltd.", "ACME TOOLS L.L.C.", "Ａｃｍｅ Tools Inc",
                           "acme-tools gmbh & co. kg"}) {
    EXPECT_EQ(essential_name(name), "acmetools") << name;
  }
}

TEST(EssentialName, WhatTellsCompaniesApartStays) {
  EXPECT_EQ(essential_name("甲科技（上海）有限公司"), "甲科技上海");
  EXPECT_NE(essential_name("甲科技（上海）有限公司"), essential_name("甲科技（北京）有限公司"));
  EXPECT_EQ(essential_name("Cisco"), "cisco");
  EXPECT_EQ(essential_name("Costco Group"), "costco");
}

TEST(EssentialName, TooLittleIsNothing) {
  EXPECT_EQ(essential_name("集团有限公司"), "");
  EXPECT_EQ(essential_name("甲有限公司"), "");
  EXPECT_EQ(essential_name("Co., Ltd."), "");
  EXPECT_EQ(essential_name(""), "");
}

std::u32string short_of(const char* name) {
  return short_name(name_parts(name));
}

TEST(ShortName, IsWithoutMarksAndFormsOnly) {
  EXPECT_EQ(short_of("*ST国华"), U"");  // two characters are too few
  EXPECT_EQ(short_of("*ST国华网"), U"国华网");
  EXPECT_EQ(short_of("万科地产Ａ"), U"万科地产");
  EXPECT_EQ(short_of("Stone A"), U"stonea");
  EXPECT_EQ(short_of("贵州茅台酒有限公司"), U"");
  EXPECT_EQ(short_of("一二三四五六七八九"), U"");
}

TEST(ShortName, FitsWhatItIsTheShortOf) {
  const auto fit = [](const char* name, const char* whole) {
    return short_fit(short_of(name), name_parts(whole));
  };
  EXPECT_EQ(fit("国农科技", "深圳市国农科技股份有限公司"), ShortFit::same);
  EXPECT_EQ(fit("贵州茅台", "贵州茅台酒股份有限公司"), ShortFit::begins);
  EXPECT_EQ(fit("长亮科技", "深圳市长亮数字科技股份有限公司"), ShortFit::some_of_it);
  EXPECT_EQ(fit("长亮科技", "深圳市长亮数字科技"), ShortFit::none);  // itself no whole name
  EXPECT_EQ(fit("亮长科技", "深圳市长亮数字科技股份有限公司"), ShortFit::none);
  EXPECT_EQ(fit("长科技", "深圳市长亮数字科技股份有限公司"), ShortFit::none);
  EXPECT_EQ(fit("数字科技", "深圳市长亮数字科技股份有限公司"), ShortFit::none);
}

TEST(ShortName, AnOwnNameIsNoPlace) {
  EXPECT_EQ(name_parts("上海银行股份有限公司").core, U"银行");
  EXPECT_EQ(name_parts("中国上海市有限公司").core, U"上海市");
  EXPECT_EQ(name_parts("北京有限公司").core, U"北京");
}

}  // namespace
}  // namespace linchpin
