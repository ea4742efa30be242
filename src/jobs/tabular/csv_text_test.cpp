#include "jobs/tabular/csv_text.h"

#include <gtest/gtest.h>

namespace linchpin::tabular {
namespace {

std::string cell(std::string_view text) {
  std::string out;
  append_csv_cell(out, text);
  return out;
}

TEST(CsvText, CellsAreQuotedWhereTheyMust) {
  EXPECT_EQ(cell("甲公司"), "甲公司");
  EXPECT_EQ(cell("a \"b\", c"), "\"a \"\"b\"\", c\"");
  EXPECT_EQ(cell("two\nlines"), "\"two\nlines\"");
}

TEST(CsvText, TextIsNeverAFormula) {
  EXPECT_EQ(cell("=1+1"), "'=1+1");
  EXPECT_EQ(cell("@SUM(A1)"), "'@SUM(A1)");
  EXPECT_EQ(cell("＝1"), "'＝1");
  EXPECT_EQ(cell("-cmd|' /C calc'!A1"), "'-cmd|' /C calc'!A1");
  EXPECT_EQ(cell("=HYPERLINK(\"x\",1)"), "\"'=HYPERLINK(\"\"x\"\",1)\"");
}

TEST(CsvText, NumbersStayNumbers) {
  EXPECT_EQ(cell("-5.25"), "-5.25");
  EXPECT_EQ(cell("+3"), "+3");
}

}  // namespace
}  // namespace linchpin::tabular
