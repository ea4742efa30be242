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

}  // namespace
}  // namespace linchpin
