#include <iconv.h>

#include "jobs/tabular/csv_reader.h"
#include "jobs/tabular/test_files.h"

namespace linchpin::tabular {
namespace {

using namespace std::string_literals;

std::string encoded(std::string text, const char* encoding) {
  iconv_t conversion = iconv_open(encoding, "UTF-8");
  std::string out(text.size() * 4 + 16, '\0');
  char* from = text.data();
  char* to = out.data();
  std::size_t left = text.size();
  std::size_t room = out.size();
  EXPECT_EQ(iconv(conversion, &from, &left, &to, &room), 0U);
  iconv_close(conversion);
  out.resize(out.size() - room);
  return out;
}

void expect_error(const ReadTable& table, const std::string& detail, const std::string& row) {
  ASSERT_TRUE(table.failed);
  EXPECT_EQ(table.error.detail, detail);
  EXPECT_EQ(table.error.code, ErrorCode::malformed);
  EXPECT_EQ(table.param("row"), row);
}

TEST(CsvReader, ReadsPlainRows) {
  const ReadTable table = read_text("a,b,c\n1,,3\n,,\n");
  const std::vector<Cells> expected{{"a", "b", "c"}, {"1", "", "3"}, {"", "", ""}};
  EXPECT_FALSE(table.failed);
  EXPECT_EQ(table.rows, expected);
  EXPECT_EQ(table.numbers, (std::vector<std::int64_t>{1, 2, 3}));
}

TEST(CsvReader, TheLastLineNeedsNoEnd) {
  EXPECT_EQ(read_text("a,b\n1,2").rows.back(), (Cells{"1", "2"}));
  EXPECT_EQ(read_text("a,b\n1,").rows.back(), (Cells{"1", ""}));
  EXPECT_EQ(read_text("a,b\r\n1,\"2\"\r").rows.back(), (Cells{"1", "2"}));
  EXPECT_EQ(read_text("a,b\r\n1,2\r").rows.back(), (Cells{"1", "2"}));
  EXPECT_EQ(read_text("a,b\n\"1\",\"2\"").rows.back(), (Cells{"1", "2"}));
}

TEST(CsvReader, EveryLineEnd) {
  const std::vector<Cells> expected{{"a", "b"}, {"1", "x\ny"}, {"2", "z"}};
  EXPECT_EQ(read_text("a,b\n1,\"x\ny\"\n2,z\n").rows, expected);
  EXPECT_EQ(read_text("a,b\r\n1,\"x\ny\"\r\n2,z\r\n").rows, expected);
  EXPECT_EQ(read_text("a,b\r1,\"x\ny\"\r2,z\r").rows, expected);
}

TEST(CsvReader, EveryDelimiter) {
  for (const std::string delimiter : {",", "\t", ";"}) {
    const std::string text = "a" + delimiter + "b\n1" + delimiter + "\"x" + delimiter + "y\"\n";
    const ReadTable table = read_text(text);
    EXPECT_EQ(table.format.delimiter, delimiter[0]);
    EXPECT_EQ(table.rows[1], (Cells{"1", "x" + delimiter + "y"}));
  }
}

TEST(CsvReader, QuotesInsideCells) {
  const ReadTable table = read_text("a,b\n\"say \"\"hi\"\"\",\"\"\"\"\nab\"c,\"\"\n");
  EXPECT_FALSE(table.failed);
  EXPECT_EQ(table.rows[1], (Cells{"say \"hi\"", "\""}));
  EXPECT_EQ(table.rows[2], (Cells{"ab\"c", ""}));
}

TEST(CsvReader, RowsAreCountedAsRecords) {
  const ReadTable table = read_text("a,b\n\n1,\"x\n\ny\"\n2,z\n");
  EXPECT_EQ(table.numbers, (std::vector<std::int64_t>{1, 2, 3, 4}));
  EXPECT_EQ(table.rows[1], (Cells{""}));
  EXPECT_EQ(table.rows[2], (Cells{"1", "x\n\ny"}));
}

TEST(CsvReader, TextBehindAClosingQuoteIsBroken) {
  expect_error(read_text("a,b\n1,2\n3,\"x\"y\n4,5\n"), "broken_quote", "3");
  expect_error(read_text("a,b\n1,\"2\" \n"), "broken_quote", "2");
  expect_error(read_text("a,b\r\n1,\"2\"\r,3\r\n"), "broken_quote", "2");
}

TEST(CsvReader, AQuoteThatIsNeverClosedIsBroken) {
  const ReadTable table = read_text("a,b\n1,2\n3,\"x\n4,5\n6,7\n");
  expect_error(table, "broken_quote", "3");
  EXPECT_EQ(table.rows.size(), 2U);
}

TEST(CsvReader, AQuoteThatSwallowsTheFileIsFoundAtTheLimitOfACell) {
  std::string text = "a,b\n1,\"x\n";
  while (text.size() < 3 * max_row_bytes) text += "2,some text\n";
  expect_error(read_text(text + "3,\"y\"\n"), "broken_quote", "2");
  const std::string closed = "a,b\n1,\"" + std::string(max_cell_bytes + 1, 'x') + "\"\n";
  expect_error(read_text(closed), "broken_quote", "2");
  const std::string longest = "a,b\n1,\"" + std::string(max_cell_bytes, 'x') + "\"\n";
  EXPECT_EQ(read_text(longest).rows[1][1].size(), max_cell_bytes);
}

TEST(CsvReader, LimitsOfCellsRowsAndColumns) {
  const std::string long_cell(max_cell_bytes, 'x');
  EXPECT_FALSE(read_text("a,b\n1," + long_cell + "\n").failed);
  expect_error(read_text("a,b\n1,x" + long_cell + "\n"), "cell_too_long", "2");

  std::string columns = std::string(max_columns - 1, ',');
  EXPECT_EQ(read_text(columns + "\n").rows[0].size(), max_columns);
  expect_error(read_text("a\n" + columns + ",\n"), "too_many_columns", "2");
  expect_error(read_text("a\n\"x\"" + columns + ",\n"), "too_many_columns", "2");
  expect_error(read_text("a\n" + std::string(2 * max_row_bytes, ',')), "row_too_long", "2");

  std::string row = "a,b\n1";
  while (row.size() < max_row_bytes + 10) row += "," + std::string(max_cell_bytes - 1, 'x');
  const ReadTable table = read_text(row + "\n2,3\n");
  expect_error(table, "row_too_long", "2");
  EXPECT_EQ(table.param("limit"), std::to_string(max_row_bytes));
}

TEST(CsvReader, RowsAcrossBlocksComeWhole) {
  std::string text = "number,text\n";
  std::vector<Cells> expected{{"number", "text"}};
  for (int i = 0; text.size() < 5 * TextSource::block_bytes / 2; ++i) {
    const std::string number = std::to_string(i);
    text += number + ",\"重点\"\"客户\"\"" + number + "\n管理\"\r\n";
    expected.push_back({number, "重点\"客户\"" + number + "\n管理"});
  }
  const ReadTable table = read_text(text);
  EXPECT_FALSE(table.failed);
  EXPECT_EQ(table.rows, expected);
}

TEST(CsvReader, Encodings) {
  const std::string text = "订单号,金额\n甲1,１２\n镕喆𠀀,€\n";
  const std::vector<Cells> expected{{"订单号", "金额"}, {"甲1", "１２"}, {"镕喆𠀀", "€"}};
  const std::vector<std::pair<std::string, Encoding>> files{
      {text, Encoding::utf8},
      {"\xEF\xBB\xBF" + text, Encoding::utf8},
      {encoded(text, "GB18030"), Encoding::gb18030},
      {"\xFF\xFE" + encoded(text, "UTF-16LE"), Encoding::utf16le},
      {"\xFE\xFF" + encoded(text, "UTF-16BE"), Encoding::utf16be}};
  for (const auto& [content, encoding] : files) {
    const ReadTable table = read_text(content);
    EXPECT_FALSE(table.failed) << table.error.detail;
    EXPECT_EQ(table.rows, expected);
    EXPECT_EQ(table.format.encoding, encoding);
  }
}

TEST(CsvReader, CharactersAcrossBlocksComeWhole) {
  for (const char* encoding : {"UTF-8", "GB18030", "UTF-16LE"}) {
    for (const std::string shift : {"", "x"}) {
      std::string text = shift + "客户\n";
      while (text.size() < 3 * TextSource::block_bytes) text += "重点客户管理𠀀,北京电力\n";
      const bool marked = std::string(encoding) == "UTF-16LE";
      const ReadTable table = read_text((marked ? "\xFF\xFE" : "") + encoded(text, encoding));
      ASSERT_FALSE(table.failed) << encoding << ' ' << table.error.detail;
      for (std::size_t i = 1; i < table.rows.size(); ++i) {
        ASSERT_EQ(table.rows[i], (Cells{"重点客户管理𠀀", "北京电力"})) << encoding;
      }
    }
  }
}

TEST(CsvReader, TheFirstCharacterThatIsNotAsciiDecidesHoweverLateItComes) {
  std::string text = "a,b\n";
  while (text.size() < 2 * TextSource::block_bytes - 1) text += "1,2\n";
  for (const std::string padding : {"", "x", "xy", "xyz"}) {
    for (const char* encoding : {"UTF-8", "GB18030"}) {
      const ReadTable table = read_text(text + padding + encoded("重点客户,北京\n", encoding));
      ASSERT_FALSE(table.failed) << table.error.detail;
      EXPECT_EQ(table.rows.back(), (Cells{padding + "重点客户", "北京"})) << encoding;
    }
  }
  const std::string row = std::to_string(std::count(text.begin(), text.end(), '\n') + 1);
  expect_error(read_text(text + "\xFF\xFF\n"), "wrong_encoding", row);
}

TEST(CsvReader, AWrongByteLaterIsReportedWithItsRow) {
  for (const char* encoding : {"UTF-8", "GB18030"}) {
    std::string text = "客户,地区\n";
    int rows = 1;
    for (; text.size() < 2 * TextSource::block_bytes; ++rows) text += "重点客户管理,北京电力\n";
    std::string content = encoded(text, encoding) + "甲,\xFF\xFF\n乙,丙\n";
    const ReadTable table = read_text(content);
    expect_error(table, "wrong_encoding", std::to_string(rows + 1));
    EXPECT_EQ(table.rows.size(), static_cast<std::size_t>(rows));
  }
}

TEST(CsvReader, ACharacterCutOffAtTheEndIsWrong) {
  expect_error(read_text("a,b\n1,\xE9\x87"), "wrong_encoding", "2");
  expect_error(read_text("a,b\n1,2\n\xE9"), "wrong_encoding", "3");
  expect_error(read_text("\xFF\xFE"s + "a\0\n\0b"s), "wrong_encoding", "2");
}

TEST(CsvReader, ZeroBytesAreNoText) {
  expect_error(read_text("a,b\n1,\0\n"s), "unknown_encoding", "");
  expect_error(read_text("\xFF\xFE"s + "a\0\n\0\0\0"s), "wrong_encoding", "2");
  std::string text = "a,b\n";
  while (text.size() < 2 * TextSource::block_bytes) text += "1,2\n";
  const std::string row = std::to_string(std::count(text.begin(), text.end(), '\n') + 1);
  expect_error(read_text(text + "3,\0\n"s), "wrong_encoding", row);
}

TEST(CsvReader, WhatIsNoTable) {
  EXPECT_EQ(read_text("").error.detail, "empty_file");
  EXPECT_EQ(read_text("\xEF\xBB\xBF").error.detail, "empty_file");
  EXPECT_EQ(read_text("\x89PNG\r\n\x1A\n\0\0\0\rIHDR"s).error.detail, "unknown_encoding");
  EXPECT_EQ(read_text("name,caf\xE9\nM\xFCller,1\n").error.detail, "unknown_encoding");
  EXPECT_EQ(read_rows(open_table("/no/such/file")).error.detail, "file_unreadable");
  const std::string folder = std::filesystem::temp_directory_path().string();
  EXPECT_EQ(read_rows(open_table(folder)).error.detail, "file_unreadable");
}

TEST(CsvReader, ProgressGoesFromStartToEnd) {
  std::string text = "a,b\n";
  while (text.size() < 4 * TextSource::block_bytes) text += "1,2\n";
  const TestFile file(text);
  auto reader = open_table(file.path());
  ASSERT_TRUE(reader);
  Row row;
  double last = 0;
  ASSERT_TRUE((*reader)->next(row));
  EXPECT_LT((*reader)->progress(), 0.5);
  for (Result<bool> more = true; more && *more; more = (*reader)->next(row)) {
    EXPECT_GE((*reader)->progress(), last);
    last = (*reader)->progress();
  }
  EXPECT_EQ(last, 1);
}

}  // namespace
}  // namespace linchpin::tabular
