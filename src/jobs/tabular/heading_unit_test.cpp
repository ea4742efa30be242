#include "jobs/tabular/heading_unit.h"

#include <gtest/gtest.h>

namespace linchpin::tabular {
namespace {

TEST(UnitMultiplier, OfMoney) {
  for (const char* heading : {"金额（万元）", "金额(万元)", "金额【万元】", "金额[人民币万元]",
                              "金额（单位：万元）", "单位：万元", "金额/万元", "金额万元",
                              "销售额（ 万 ）", "数量（万件）", "含税 (万元) 金额"}) {
    EXPECT_EQ(unit_multiplier(heading), 10'000) << heading;
  }
  EXPECT_EQ(unit_multiplier("金额（千元）"), 1'000);
  EXPECT_EQ(unit_multiplier("营业收入(亿元)"), 1e8);
  EXPECT_EQ(unit_multiplier("金额（百万元）"), 1e6);
  EXPECT_EQ(unit_multiplier("Sales (thousand)"), 1'000);
  EXPECT_EQ(unit_multiplier("Revenue (in millions)"), 1e6);
  EXPECT_EQ(unit_multiplier("Sales ('000)"), 1'000);
}

TEST(UnitMultiplier, NotOfOtherWords) {
  for (const char* heading :
       {"金额", "金额（元）", "重量（千克）", "距离(千米)", "电量（千瓦时）", "千岛湖项目", "万科",
        "10万元以上客户数", "金额（不含税）", "客户（万科集团）", "", "(", "单价/件"}) {
    EXPECT_EQ(unit_multiplier(heading), 1) << heading;
  }
}

}  // namespace
}  // namespace linchpin::tabular
