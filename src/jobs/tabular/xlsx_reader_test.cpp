#include "jobs/tabular/xlsx_reader.h"

#include <xlsxwriter.h>

#include "jobs/tabular/test_files.h"

namespace linchpin::tabular {
namespace {

// A workbook as a spreadsheet program writes it.
class Written {
 public:
  Written() : book_(workbook_new(file_.path().c_str())) {}

  lxw_workbook* book() { return book_; }
  lxw_format* format(const char* number_format) {
    lxw_format* format = workbook_add_format(book_);
    format_set_num_format(format, number_format);
    return format;
  }
  ReadTable read() {
    EXPECT_EQ(workbook_close(book_), LXW_NO_ERROR);
    return read_rows(open_table(file_.path()));
  }

 private:
  TestFile file_;
  lxw_workbook* book_;
};

TEST(XlsxReader, ReadsTextsAndNumbers) {
  Written file;
  lxw_worksheet* sheet = workbook_add_worksheet(file.book(), "销售");
  worksheet_write_string(sheet, 0, 0, "客户", nullptr);
  worksheet_write_string(sheet, 0, 1, " two\nlines ", nullptr);
  worksheet_write_string(sheet, 1, 0, "客户", nullptr);
  worksheet_write_number(sheet, 1, 1, 17850, nullptr);
  worksheet_write_number(sheet, 1, 2, 0.1 + 0.2, nullptr);
  worksheet_write_number(sheet, 1, 3, -1234567.895, nullptr);
  const ReadTable table = file.read();
  ASSERT_FALSE(table.failed) << table.error.detail;
  EXPECT_EQ(table.format.kind, TableFormat::Kind::xlsx);
  EXPECT_EQ(table.format.sheet, "销售");
  const std::vector<Cells> expected{{"客户", " two\nlines "},
                                    {"客户", "17850", "0.3", "-1234567.895"}};
  EXPECT_EQ(table.rows, expected);
}

TEST(XlsxReader, DatesByTheirFormat) {
  Written file;
  lxw_worksheet* sheet = workbook_add_worksheet(file.book(), nullptr);
  const std::vector<const char*> formats{"yyyy-mm-dd",    "yyyy\"年\"m\"月\"d\"日\"",
                                         "m/d/yyyy h:mm", "[$-804]yyyy/m/d;@",
                                         "0.00",          "#,##0.00;[Red]-#,##0.00"};
  for (std::size_t i = 0; i < formats.size(); ++i) {
    const auto column = static_cast<lxw_col_t>(i);
    worksheet_write_number(sheet, 0, column, 45721.3513888889, file.format(formats[i]));
    worksheet_write_number(sheet, 1, column, 45721, file.format(formats[i]));
  }
  const std::string time = "2025-03-05 08:26:00";
  const ReadTable table = file.read();
  EXPECT_EQ(table.rows[0], (Cells{time, time, time, time, "45721.3513888889", "45721.3513888889"}));
  EXPECT_EQ(table.rows[1], (Cells{"2025-03-05", "2025-03-05", "2025-03-05 00:00:00", "2025-03-05",
                                  "45721", "45721"}));
}

TEST(XlsxReader, FormulasBooleansAndRichText) {
  Written file;
  lxw_worksheet* sheet = workbook_add_worksheet(file.book(), nullptr);
  lxw_format* bold = workbook_add_format(file.book());
  format_set_bold(bold);
  worksheet_write_formula_num(sheet, 0, 0, "=1+1", nullptr, 2);
  worksheet_write_formula_str(sheet, 0, 1, "=\"a\"", nullptr, "a<b");
  worksheet_write_boolean(sheet, 0, 2, 1, nullptr);
  worksheet_write_boolean(sheet, 0, 3, 0, nullptr);
  lxw_rich_string_tuple first{nullptr, const_cast<char*>("重点 ")};
  lxw_rich_string_tuple second{bold, const_cast<char*>("客户")};
  lxw_rich_string_tuple* parts[] = {&first, &second, nullptr};
  worksheet_write_rich_string(sheet, 0, 4, parts, nullptr);
  EXPECT_EQ(file.read().rows[0], (Cells{"2", "a<b", "TRUE", "FALSE", "重点 客户"}));
}

TEST(XlsxReader, HiddenAndEmptySheetsArePassedOver) {
  Written file;
  lxw_worksheet* hidden = workbook_add_worksheet(file.book(), "hidden");
  workbook_add_worksheet(file.book(), "empty");
  lxw_worksheet* data = workbook_add_worksheet(file.book(), "data");
  worksheet_write_string(hidden, 0, 0, "no", nullptr);
  worksheet_write_string(data, 2, 1, "yes", nullptr);
  worksheet_hide(hidden);
  worksheet_activate(data);
  const ReadTable table = file.read();
  EXPECT_EQ(table.format.sheet, "data");
  EXPECT_EQ(table.rows, (std::vector<Cells>{{"", "yes"}}));
  EXPECT_EQ(table.numbers, (std::vector<std::int64_t>{3}));
}

TEST(XlsxReader, AWorkbookWithoutRowsHasNoSheet) {
  Written file;
  workbook_add_worksheet(file.book(), nullptr);
  EXPECT_EQ(file.read().error.detail, "no_sheet");
}

TEST(XlsxReader, MergedAreasAreToldAtTheEnd) {
  Written file;
  lxw_worksheet* sheet = workbook_add_worksheet(file.book(), nullptr);
  worksheet_merge_range(sheet, 0, 1, 0, 3, "金额", nullptr);
  worksheet_merge_range(sheet, 200, 0, 201, 0, "x", nullptr);
  const ReadTable table = file.read();
  ASSERT_EQ(table.merged_areas.size(), 1U);
  const MergedArea& area = table.merged_areas[0];
  EXPECT_EQ(area.first_row, 1);
  EXPECT_EQ(area.last_row, 1);
  EXPECT_EQ(area.first_column, 2U);
  EXPECT_EQ(area.last_column, 4U);
  EXPECT_EQ(table.rows[0], (Cells{"", "金额"}));
}

TEST(XlsxReader, InlineTextsAndReadingAids) {
  const ReadTable table = read_sheet(
      "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><r><t>北</t></r><r><t>京</t></r>"
      "<rPh sb=\"0\" eb=\"1\"><t>beijing</t></rPh></is></c>"
      "<c r=\"B1\" t=\"str\"><v>a_x000D_b &amp; c</v></c></row>");
  EXPECT_EQ(table.rows, (std::vector<Cells>{{"北京", "a\rb & c"}}));
}

TEST(XlsxReader, SharedTextsAndTheirReadingAids) {
  Parts parts = workbook_parts(
      "<sheetData><row><c t=\"s\"><v>1</v></c><c t=\"s\"><v>0</v></c><c t=\"s\"><v>2</v></c>"
      "<c><v>3</v></c></row></sheetData>");
  parts.emplace_back(
      "xl/sharedStrings.xml",
      "<x:sst xmlns:x=\"x\"><x:si><x:t>甲</x:t><x:rPh><x:t>jia</x:t></x:rPh></x:si>"
      "<x:si><x:r><x:t>乙</x:t></x:r><x:r><x:t xml:space=\"preserve\"> 丙</x:t></x:r>"
      "</x:si><x:si/></x:sst>");
  EXPECT_EQ(read_parts(parts).rows, (std::vector<Cells>{{"乙 丙", "甲", "", "3"}}));
}

TEST(XlsxReader, CellsAndRowsByReference) {
  const ReadTable table = read_sheet(
      "<row r=\"2\"><c r=\"B2\"><v>1</v></c><c r=\"D2\"><v>2</v></c><c><v>3</v></c></row>"
      "<row r=\"3\"><c r=\"A3\" s=\"1\"/></row><row/>"
      "<row r=\"7\"><c r=\"AA7\"><v>4</v></c></row><row><c><v>5</v></c></row>");
  std::vector<Cells> expected{{"", "1", "", "2", "3"}, Cells(26), {"5"}};
  expected[1].push_back("4");
  EXPECT_EQ(table.rows, expected);
  EXPECT_EQ(table.numbers, (std::vector<std::int64_t>{2, 7, 8}));
}

TEST(XlsxReader, ErrorsAreNoValues) {
  const ReadTable table = read_sheet(
      "<row r=\"1\"><c r=\"A1\" t=\"e\"><v>#N/A</v></c><c r=\"B1\"><v>1</v></c></row>"
      "<row r=\"2\"><c r=\"A2\" t=\"e\"><v>#DIV/0!</v></c></row>");
  EXPECT_EQ(table.rows, (std::vector<Cells>{{"", "1"}}));
}

TEST(XlsxReader, TheCalendarOf1904) {
  const std::string styles =
      "<styleSheet><numFmts><numFmt numFmtId=\"200\" "
      "formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;\"/>"
      "</numFmts><cellStyleXfs><xf numFmtId=\"0\"/></cellStyleXfs>"
      "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf "
      "numFmtId=\"200\"/></cellXfs></styleSheet>";
  const std::string data =
      "<sheetData><row><c s=\"0\"><v>44259</v></c><c s=\"1\"><v>44259</v></c>"
      "<c s=\"2\"><v>44259</v></c></row></sheetData>";
  Parts parts = workbook_parts(data, "<workbookPr date1904=\"1\"/>");
  parts.emplace_back("xl/styles.xml", styles);
  EXPECT_EQ(read_parts(parts).rows, (std::vector<Cells>{{"44259", "2025-03-05", "2025-03-05"}}));
  parts = workbook_parts(data);
  parts.emplace_back("xl/styles.xml", styles);
  EXPECT_EQ(read_parts(parts).rows, (std::vector<Cells>{{"44259", "2021-03-04", "2021-03-04"}}));
}

TEST(XlsxReader, ManyRowsAcrossBlocks) {
  Written file;
  lxw_worksheet* sheet = workbook_add_worksheet(file.book(), nullptr);
  std::vector<Cells> expected;
  for (lxw_row_t row = 0; row < 5'000; ++row) {
    const std::string text = "重点客户 " + std::to_string(row % 700);
    worksheet_write_string(sheet, row, 0, text.c_str(), nullptr);
    worksheet_write_number(sheet, row, 1, row + 0.5, nullptr);
    expected.push_back({text, std::to_string(row) + ".5"});
  }
  EXPECT_EQ(file.read().rows, expected);
}

TEST(XlsxReader, ProgressGoesFromStartToEnd) {
  std::string rows;
  for (int i = 0; i < 50'000; ++i) rows += "<row><c><v>1</v></c></row>";
  const TestFile file;
  write_zip(file.path(), workbook_parts("<sheetData>" + rows + "</sheetData>"));
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

TEST(ResolvePart, RelativeToTheFolderOfTheOther) {
  EXPECT_EQ(resolve_part("xl/workbook.xml", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
  EXPECT_EQ(resolve_part("xl/workbook.xml", "/xl/a.xml"), "xl/a.xml");
  EXPECT_EQ(resolve_part("xl/deep/workbook.xml", "../a.xml"), "xl/a.xml");
  EXPECT_EQ(resolve_part("", "./xl/workbook.xml"), "xl/workbook.xml");
  EXPECT_EQ(resolve_part("a.xml", "../../b.xml"), "b.xml");
}

}  // namespace
}  // namespace linchpin::tabular
