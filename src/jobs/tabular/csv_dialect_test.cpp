#include "jobs/tabular/csv_dialect.h"

#include <gtest/gtest.h>

namespace linchpin::tabular {
namespace {

TEST(CsvDialect, TheDelimiterIsTheMostRegularOne) {
  EXPECT_EQ(guess_dialect("a,b,c\n1,2,3\n").delimiter, ',');
  EXPECT_EQ(guess_dialect("a\tb\nx, y\t2\n").delimiter, '\t');
  EXPECT_EQ(guess_dialect("单价;数量\n1,5;2,5\n3,5;4\n").delimiter, ';');
  EXPECT_EQ(guess_dialect("销售明细表\n日期：2025;;\n客户;单价;数量\n甲;1;2\n").delimiter, ';');
}

TEST(CsvDialect, QuotedDelimitersDoNotCount) {
  EXPECT_EQ(guess_dialect("a;b\n\"x,y,z\";2\n\"p,q,r\";4\n").delimiter, ';');
  EXPECT_EQ(guess_dialect("\"a,\"\"b,\"\"c,d\"\tx\n\"e,\nf,,,,\"\ty\n").delimiter, '\t');
}

TEST(CsvDialect, WithoutADelimiterItIsTheComma) {
  EXPECT_EQ(guess_dialect("客户\n甲\n").delimiter, ',');
  EXPECT_EQ(guess_dialect("").delimiter, ',');
}

TEST(CsvDialect, LineEndsOutsideOfQuotesDecide) {
  EXPECT_EQ(guess_dialect("a,b\n1,2\n").line_end, '\n');
  EXPECT_EQ(guess_dialect("a,b\r\n1,2\r\n").line_end, '\n');
  EXPECT_EQ(guess_dialect("a,\"x\ny\"\r1,2\r").line_end, '\r');
  EXPECT_EQ(guess_dialect("a,\"x\ry\"\n1,2\n").line_end, '\n');
}

}  // namespace
}  // namespace linchpin::tabular
