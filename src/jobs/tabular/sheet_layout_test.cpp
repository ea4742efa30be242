#include "jobs/tabular/sheet_layout.h"

#include <xlsxwriter.h>

#include "jobs/tabular/test_files.h"

namespace linchpin::tabular {
namespace {

SheetLayout layout_of(const std::string& text) {
  const TestFile file(text);
  auto layout = find_layout(file.path());
  EXPECT_TRUE(layout) << layout.error().detail;
  return layout.value_or(SheetLayout{});
}

std::string problem_of(const std::string& text) {
  const TestFile file(text);
  const auto layout = find_layout(file.path());
  return layout ? "" : layout.error().detail;
}

Cells names(const SheetLayout& layout) {
  Cells names;
  for (const Column& column : layout.columns) names.push_back(column.name);
  return names;
}

Row row_of(const Cells& cells) {
  return {1, {cells.begin(), cells.end()}};
}

bool is_total(const Cells& cells) {
  return is_total_row(row_of(cells));
}

TEST(SheetLayout, AHeadingInTheFirstRow) {
  const SheetLayout layout = layout_of("客户,数量,金额\n甲,1,2.5\n乙,3,4\n甲,5,\n");
  EXPECT_EQ(layout.first_data_row, 2);
  EXPECT_EQ(names(layout), (Cells{"客户", "数量", "金额"}));
  EXPECT_EQ(layout.columns[0].samples, (Cells{"甲", "乙"}));
  EXPECT_EQ(layout.columns[2].samples, (Cells{"2.5", "4"}));
  EXPECT_EQ(layout.data_rows, 3);
  EXPECT_EQ(layout.total_rows_left_out, 0);
}

TEST(SheetLayout, TitlesBlankRowsAndTotals) {
  const SheetLayout layout = layout_of(
      "销售明细表,,,\n期间：2025年1月,,,\n\n订单号,客户,数量,金额\n,,,\nA1,甲,1,100\n小计,,1,100\n"
      "\nA2,乙,2,200\n小计,,2,200\n合计,,3,300\n");
  EXPECT_EQ(names(layout), (Cells{"订单号", "客户", "数量", "金额"}));
  EXPECT_EQ(layout.first_data_row, 6);
  EXPECT_EQ(layout.data_rows, 2);
  EXPECT_EQ(layout.total_rows_left_out, 3);
  EXPECT_EQ(layout.columns[0].samples, (Cells{"A1", "A2"}));
}

TEST(SheetLayout, AWideRowOfRemarksAboveTheHeading) {
  const SheetLayout layout =
      layout_of("单位,某公司,制表日期,2025-03-05,\n订单号,客户,产品,数量,金额\nA1,甲,x,1,100\n");
  EXPECT_EQ(names(layout), (Cells{"订单号", "客户", "产品", "数量", "金额"}));
  EXPECT_EQ(layout.first_data_row, 3);
}

TEST(SheetLayout, WithoutAHeading) {
  const SheetLayout layout = layout_of("1,2,3\n4,5,6\n7,8,9\n");
  EXPECT_EQ(names(layout), (Cells{"Column 1", "Column 2", "Column 3"}));
  EXPECT_EQ(layout.first_data_row, 1);
  EXPECT_EQ(layout.data_rows, 3);
  const SheetLayout mixed = layout_of("A1,甲,2025-03-05,1\nA2,乙,2025-03-06,2\n");
  EXPECT_EQ(mixed.first_data_row, 1);
  EXPECT_EQ(mixed.data_rows, 2);
}

TEST(SheetLayout, YearsMayBeNames) {
  EXPECT_EQ(names(layout_of("客户,2023,2024,2025\n甲,5,6,9\n")),
            (Cells{"客户", "2023", "2024", "2025"}));
  EXPECT_EQ(layout_of("甲,5,9\n乙,6,7\n").first_data_row, 1);
}

TEST(SheetLayout, MissingAndRepeatedNames) {
  EXPECT_EQ(names(layout_of("金额,,金额,金额 (2),金额\n1,2,3,4,5\n")),
            (Cells{"金额", "Column 2", "金额 (3)", "金额 (2)", "金额 (4)"}));
  EXPECT_EQ(names(layout_of("a,a\n1,2\n")), (Cells{"a", "a (2)"}));
  EXPECT_EQ(names(layout_of("客户,数量,,\n甲,1,x\n")), (Cells{"客户", "数量", "Column 3"}));
  EXPECT_EQ(names(layout_of("客户,\"金额\n（万元）\"\n甲,1\n")), (Cells{"客户", "金额 （万元）"}));
}

TEST(SheetLayout, MultipliersOfHeadings) {
  const SheetLayout layout = layout_of("客户,金额（万元）,成本,数量(千克)\n甲,1,2,3\n");
  EXPECT_EQ(layout.columns[0].multiplier, 1);
  EXPECT_EQ(layout.columns[1].multiplier, 10'000);
  EXPECT_EQ(layout.columns[2].multiplier, 1);
  EXPECT_EQ(layout.columns[3].multiplier, 1);
}

TEST(SheetLayout, AHeadingOverTwoRowsWithoutMergedCells) {
  const SheetLayout layout = layout_of(
      "明细表,,,,\n订单号,客户,,金额（万元）,\n,编码,名称,含税,不含税\nA1,C1,甲,113,100\n");
  EXPECT_EQ(names(layout), (Cells{"订单号", "客户 编码", "客户 名称", "金额（万元） 含税",
                                  "金额（万元） 不含税"}));
  EXPECT_EQ(layout.first_data_row, 4);
  EXPECT_EQ(layout.data_rows, 1);
  EXPECT_EQ(layout.columns[4].multiplier, 10'000);
  EXPECT_EQ(layout.columns[2].multiplier, 1);
}

TEST(SheetLayout, DataBelowAHeadingIsNoSecondHeading) {
  EXPECT_EQ(layout_of("客户,,城市\n甲,好,北京\n乙,好,上海\n").first_data_row, 2);
  EXPECT_EQ(layout_of("客户,地区,城市\n甲,,北京\n乙,华东,5\n").first_data_row, 2);
  EXPECT_EQ(names(layout_of("单位,某公司,,,\n订单号,客户,产品,数量,金额\nA1,甲,x,1,100\n"))[0],
            "订单号");
}

TEST(SheetLayout, AHeadingOfMergedCells) {
  const TestFile file;
  lxw_workbook* book = workbook_new(file.path().c_str());
  lxw_worksheet* sheet = workbook_add_worksheet(book, nullptr);
  worksheet_merge_range(sheet, 0, 0, 0, 4, "销售明细表", nullptr);
  worksheet_merge_range(sheet, 1, 0, 1, 1, "单位：某公司", nullptr);
  worksheet_merge_range(sheet, 1, 2, 1, 4, "日期：2025-03-05", nullptr);
  worksheet_merge_range(sheet, 2, 0, 3, 0, "订单号", nullptr);
  worksheet_merge_range(sheet, 2, 1, 2, 2, "客户", nullptr);
  worksheet_merge_range(sheet, 2, 3, 2, 4, "单位：千元", nullptr);
  worksheet_write_string(sheet, 2, 3, "金额/千元", nullptr);
  const Cells lower{"", "编码", "名称", "含税", "不含税"};
  for (lxw_col_t c = 1; c < 5; ++c) worksheet_write_string(sheet, 3, c, lower[c].c_str(), nullptr);
  for (lxw_row_t r = 4; r < 104; ++r) {
    worksheet_write_string(sheet, r, 0, ("A" + std::to_string(r)).c_str(), nullptr);
    worksheet_write_number(sheet, r, 3, r, nullptr);
  }
  ASSERT_EQ(workbook_close(book), LXW_NO_ERROR);
  const auto layout = find_layout(file.path());
  ASSERT_TRUE(layout);
  EXPECT_EQ(names(*layout),
            (Cells{"订单号", "客户 编码", "客户 名称", "金额/千元 含税", "金额/千元 不含税"}));
  EXPECT_EQ(layout->first_data_row, 5);
  EXPECT_EQ(layout->data_rows, 100);
  EXPECT_EQ(layout->columns[4].multiplier, 1'000);
}

TEST(SheetLayout, AMergedTitleOverTheWholeTableIsATitle) {
  const TestFile file;
  lxw_workbook* book = workbook_new(file.path().c_str());
  lxw_worksheet* sheet = workbook_add_worksheet(book, nullptr);
  worksheet_merge_range(sheet, 0, 0, 1, 2, "销售明细表", nullptr);
  worksheet_write_string(sheet, 1, 3, "第 1 页", nullptr);
  for (lxw_col_t c = 0; c < 4; ++c) {
    worksheet_write_string(sheet, 2, c, Cells{"客户", "产品", "地区", "备注"}[c].c_str(), nullptr);
    worksheet_write_string(sheet, 3, c, Cells{"甲", "x", "北京", "好"}[c].c_str(), nullptr);
  }
  ASSERT_EQ(workbook_close(book), LXW_NO_ERROR);
  const auto layout = find_layout(file.path());
  ASSERT_TRUE(layout);
  EXPECT_EQ(names(*layout), (Cells{"客户", "产品", "地区", "备注"}));
  EXPECT_EQ(layout->first_data_row, 4);
}

TEST(SheetLayout, CountsToTheEndOfALongFile) {
  std::string text = "客户,数量\n";
  for (int i = 0; i < 3'000; ++i) {
    text += "甲,1\n\n合计,2\n";
    if (i == 500) text += "乙,3,more\n";
  }
  const SheetLayout layout = layout_of(text);
  EXPECT_EQ(layout.data_rows, 3'001);
  EXPECT_EQ(layout.total_rows_left_out, 3'000);
  EXPECT_EQ(names(layout), (Cells{"客户", "数量", "Column 3"}));
  EXPECT_EQ(layout.columns[0].samples, (Cells{"甲", "乙"}));
  EXPECT_EQ(layout.columns[2].samples, (Cells{"more"}));
}

TEST(SheetLayout, SamplesAreFiveAndShort) {
  std::string text = "客户,备注\n";
  for (int i = 0; i < 9; ++i) text += "甲" + std::to_string(i) + ",";
  text = "客户,备注\n";
  std::string remark;
  for (int i = 0; i < 200; ++i) remark += "重点";
  for (int i = 0; i < 9; ++i) text += "甲" + std::to_string(i) + "," + remark + "\n";
  const SheetLayout layout = layout_of(text);
  EXPECT_EQ(layout.columns[0].samples, (Cells{"甲0", "甲1", "甲2", "甲3", "甲4"}));
  ASSERT_EQ(layout.columns[1].samples.size(), 1U);
  EXPECT_EQ(layout.columns[1].samples[0], remark.substr(0, 255));
}

TEST(SheetLayout, OneColumnAndNoRows) {
  EXPECT_EQ(names(layout_of("客户\n甲\n乙\n")), (Cells{"客户"}));
  const SheetLayout layout = layout_of("客户,数量\n");
  EXPECT_EQ(layout.data_rows, 0);
  EXPECT_EQ(layout.first_data_row, 2);
}

TEST(SheetLayout, Problems) {
  EXPECT_EQ(problem_of("\n\n,,\n"), "no_table");
  EXPECT_EQ(problem_of(""), "empty_file");
  EXPECT_EQ(problem_of("a,b\n1,\"2\n"), "broken_quote");
}

TEST(TotalRows, ByTheirLabels) {
  EXPECT_TRUE(is_total({"合计", "", "100"}));
  EXPECT_TRUE(is_total({"", "小 计：", "100"}));
  EXPECT_TRUE(is_total({"合　计", "100"}));
  EXPECT_TRUE(is_total({"本页合计", "100"}));
  EXPECT_TRUE(is_total({"合计：100元", "", ""}));
  EXPECT_TRUE(is_total({"总计", "甲", "100"}));
  EXPECT_TRUE(is_total({"华东小计", "", "1,000.00"}));
  EXPECT_TRUE(is_total({"华东", "张三 汇总", "5"}));
  EXPECT_TRUE(is_total({"Total", "", "100", "-"}) == false);
  EXPECT_TRUE(is_total({"Total", "", "100"}));
  EXPECT_TRUE(is_total({"Sub-total:", "100"}));
  EXPECT_TRUE(is_total({"GRAND TOTAL", "", "5"}));
  EXPECT_TRUE(is_total({"ACME Total", "", "5"}));
}

TEST(TotalRows, NotByNamesThatLookAlike) {
  EXPECT_FALSE(is_total({"A1", "甲", "100", "合计"}));
  EXPECT_FALSE(is_total({"Total", "Oil", "2025-03-05", "100"}));
  EXPECT_FALSE(is_total({"会计师事务所", "100"}));
  EXPECT_FALSE(is_total({"统计", "100"}));
  EXPECT_FALSE(is_total({"Subtotal Ltd", "100"}));
  EXPECT_FALSE(is_total({"Aluminium", "100"}));
  EXPECT_FALSE(is_total({"", ""}));
}

TEST(BlankRows, HoldNothingButBlanks) {
  EXPECT_TRUE(is_blank_row(row_of({})));
  EXPECT_TRUE(is_blank_row(row_of({"", " ", "　"})));
  EXPECT_FALSE(is_blank_row(row_of({"", "0"})));
}

}  // namespace
}  // namespace linchpin::tabular
