#include "jobs/tabular/column_guess.h"

#include <gtest/gtest.h>

namespace linchpin::tabular {
namespace {

std::vector<std::string> guesses(const std::vector<std::string>& names) {
  std::vector<Column> columns;
  for (const std::string& name : names) columns.push_back({name, {}, 1});
  return guess_fields(columns);
}

using Fields = std::vector<std::string>;

TEST(GuessField, ChineseExports) {
  EXPECT_EQ(guesses({"单据编号", "单据日期", "客户编码", "客户名称", "物料编码", "物料名称", "数量",
                     "含税单价", "金额", "税率", "成本", "折扣", "省份", "备注"}),
            (Fields{"order", "ordered_on", "account", "account.name", "product", "product.name",
                    "quantity", "unit_price", "amount", "tax_rate", "cost", "discount",
                    "account.region", ""}));
}

TEST(GuessField, EnglishExports) {
  EXPECT_EQ(guesses({"InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate",
                     "UnitPrice", "CustomerID", "Country"}),
            (Fields{"order", "product", "product.name", "quantity", "ordered_on", "unit_price",
                    "account", "account.region"}));
  EXPECT_EQ(guesses({"order_id", "product_id", "unit_price", "quantity", "discount"}),
            (Fields{"order", "product", "unit_price", "quantity", "discount"}));
  EXPECT_EQ(guesses({"order_id", "customer_id", "employee_id", "order_date", "required_date"}),
            (Fields{"order", "account", "", "ordered_on", ""}));
  EXPECT_EQ(guesses({"Net Sales", "Customer Name", "Due Date", "Ship Country"}),
            (Fields{"amount", "account.name", "", ""}));
}

TEST(GuessField, UnitsGroupsAndFormsDoNotMatter) {
  EXPECT_EQ(guess_field("金额（万元）", {}), "amount");
  EXPECT_EQ(guess_field("金额万元", {}), "amount");
  EXPECT_EQ(guess_field("销 售 额", {}), "amount");
  EXPECT_EQ(guess_field("客户ＩＤ", {}), "account");
  EXPECT_EQ(guess_field("客户信息 客户编码", {}), "account");
  EXPECT_EQ(guess_field("customer-id", {}), "account");
  EXPECT_EQ(guess_field("", {}), "");
  EXPECT_EQ(guess_field("（）", {}), "");
  EXPECT_EQ(guess_field("Column 3", {}), "");
}

TEST(GuessField, EachFieldOnceForTheBestName) {
  EXPECT_EQ(guesses({"日期", "下单日期", "交货日期"}), (Fields{"", "ordered_on", ""}));
  EXPECT_EQ(guesses({"客户", "客户名称"}), (Fields{"", "account.name"}));
  EXPECT_EQ(guesses({"客户", "地区"}), (Fields{"account.name", "account.region"}));
  EXPECT_EQ(guesses({"金额 含税", "金额 不含税", "金额"}), (Fields{"", "", "amount"}));
  EXPECT_EQ(guesses({"发票号", "订单号"}), (Fields{"", "order"}));
}

TEST(GuessField, SamplesSpeakAgainstIt) {
  EXPECT_EQ(guess_field("金额", {"1,200.00", "￥5"}), "amount");
  EXPECT_EQ(guess_field("金额", {"壹佰元", "贰佰元"}), "");
  EXPECT_EQ(guess_field("日期", {"2025-03-05", "45721"}), "ordered_on");
  EXPECT_EQ(guess_field("日期", {"12/1/10 8:26"}), "ordered_on");
  EXPECT_EQ(guess_field("日期", {"星期一", "星期二"}), "");
  EXPECT_EQ(guess_field("数量", {"1", "x", "3"}), "quantity");
}

}  // namespace
}  // namespace linchpin::tabular
