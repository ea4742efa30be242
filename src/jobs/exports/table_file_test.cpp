#include "jobs/exports/table_file.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>

#include "base/decimal.h"
#include "base/files.h"
#include "base/test_folder.h"
#include "jobs/tabular/test_files.h"

namespace linchpin::exports {
namespace {

using tabular::ReadTable;

Cell number(Units units, int scale) {
  return {Cell::Kind::number, format_decimal(units, scale), units, scale};
}

Cell text(std::string words) {
  return {Cell::Kind::text, std::move(words), 0, 0};
}

// No file of this process grows beyond so many bytes meanwhile, as on a full disk.
class SmallFiles {
 public:
  explicit SmallFiles(rlim_t bytes) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    before_handler_ = ::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &small);
  }
  ~SmallFiles() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    ::signal(SIGXFSZ, before_handler_);
  }
  SmallFiles(const SmallFiles&) = delete;
  SmallFiles& operator=(const SmallFiles&) = delete;

 private:
  rlimit before_{};
  void (*before_handler_)(int) = nullptr;
};

class TableFileTest : public ::testing::Test {
 protected:
  ReadTable xlsx(const std::vector<Cell>& row) {
    auto made = make_xlsx_file(path, folder.path(), {{"A", 10}});
    EXPECT_TRUE(made);
    EXPECT_TRUE((*made)->add(row));
    EXPECT_TRUE((*made)->finish());
    shortened = (*made)->shortened();
    return tabular::read_rows(tabular::open_table(path));
  }

  TestFolder folder;
  const std::string path = folder.file("table");
  std::int64_t shortened = 0;
};

TEST_F(TableFileTest, ACsvHasAMarkQuotesAndFullLines) {
  auto made = make_csv_file(path, {{"名称", 10}, {"a,b", 10}});
  ASSERT_TRUE(made);
  ASSERT_TRUE((*made)->add({text("=1"), number(-1250, 2)}));
  ASSERT_TRUE((*made)->add({Cell(), text("甲\n乙")}));
  ASSERT_TRUE((*made)->finish());
  EXPECT_EQ(*read_file(path), "\xEF\xBB\xBF名称,\"a,b\"\r\n'=1,-12.50\r\n,\"甲\n乙\"\r\n");
}

TEST_F(TableFileTest, CellsOfAWorkbookHaveTheirTypes) {
  const Day day = *parse_date("2026-11-21");
  const ReadTable table = xlsx(
      {text("=1+1"),
       number(-1250, 2),
       {Cell::Kind::percent, "13.00", 1300, 2},
       {Cell::Kind::date, "2026-11-21", day, 0},
       {Cell::Kind::datetime, "2026-11-21 08:30:00", *parse_instant("2026-11-21T08:30:00Z"), 0},
       {Cell::Kind::boolean, "是", 1, 0},
       Cell(),
       number(2026, 0)});
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_EQ(table.rows[1], (tabular::Cells{"=1+1", "-12.5", "13", "2026-11-21",
                                           "2026-11-21 08:30:00", "TRUE", "", "2026"}));
}

TEST_F(TableFileTest, WhatASpreadsheetWouldSpoilIsText) {
  const ReadTable table = xlsx({number(123'456'789'012'345'678, 2),
                                {Cell::Kind::date, "1868-10-23", *parse_date("1868-10-23"), 0}});
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_EQ(table.rows[1], (tabular::Cells{"1234567890123456.78", "1868-10-23"}));
}

TEST_F(TableFileTest, ATextThatIsTooLongForACellIsCut) {
  std::string emoji;
  for (int i = 0; i < 16'384; ++i) emoji += "\U0001F600";  // two units each: one unit too many
  const ReadTable table = xlsx({text(emoji), text(std::string(32'767, 'x'))});
  EXPECT_EQ(shortened, 1);
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_EQ(table.rows[1][0].size(), 16'383U * 4);
  EXPECT_EQ(table.rows[1][1].size(), 32'767U);
}

TEST_F(TableFileTest, AFileThatTheDiskDidNotTakeIsAFailure) {
  const std::vector<Cell> row(50, text("一二三四五六七八九十"));
  for (const bool workbook : {false, true}) {
    auto made = workbook ? make_xlsx_file(path, folder.path(), {{"A", 10}})
                         : make_csv_file(path, {{"A", 10}});
    ASSERT_TRUE(made);
    const SmallFiles small(200'000);
    Status status;
    for (int i = 0; i < 200 && status; ++i) status = (*made)->add(row);
    if (status) status = (*made)->finish();
    ASSERT_FALSE(status) << workbook;
    EXPECT_EQ(status.error().code, ErrorCode::storage_failed);
  }
}

TEST_F(TableFileTest, AWorkbookThatIsGivenUpLeavesNothingOpen) {
  auto made = make_xlsx_file(path, folder.path(), {{"A", 10}});
  ASSERT_TRUE(made);
  ASSERT_TRUE((*made)->add({text("x")}));
}

}  // namespace
}  // namespace linchpin::exports
