#pragma once

// Files that tests write and read back.

#include <gtest/gtest.h>
#include <minizip/zip.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "jobs/tabular/table_reader.h"

namespace linchpin::tabular {

// A file of its own for each object, removed with it.
class TestFile {
 public:
  explicit TestFile(std::string_view content = {}) {
    std::string name = (std::filesystem::temp_directory_path() / "tabular-XXXXXX").string();
    const int file = ::mkstemp(name.data());
    EXPECT_GE(file, 0);
    path_ = name;
    FILE* stream = ::fdopen(file, "wb");
    EXPECT_EQ(std::fwrite(content.data(), 1, content.size(), stream), content.size());
    std::fclose(stream);
  }
  ~TestFile() { std::filesystem::remove(path_); }
  TestFile(const TestFile&) = delete;
  TestFile& operator=(const TestFile&) = delete;

  const std::string& path() const { return path_; }

  std::string content() const {
    std::ifstream file(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

 private:
  std::string path_;
};

using Cells = std::vector<std::string>;

struct ReadTable {
  std::vector<Cells> rows;
  std::vector<std::int64_t> numbers;
  TableFormat format;
  std::vector<MergedArea> merged_areas;
  Error error;  // the one that ended the reading, when `failed`
  bool failed = false;

  std::string param(std::string_view name) const {
    for (const auto& [key, value] : error.params) {
      if (key == name) return value;
    }
    return {};
  }
};

inline ReadTable read_rows(Result<std::unique_ptr<TableReader>> reader) {
  ReadTable table;
  Row row;
  while (reader) {
    const Result<bool> more = (*reader)->next(row);
    if (!more) {
      table.error = more.error();
      table.failed = true;
      const Result<bool> again = (*reader)->next(row);
      EXPECT_FALSE(again) << "an error is final";
    }
    if (!more || !*more) break;
    table.rows.emplace_back(row.cells.begin(), row.cells.end());
    table.numbers.push_back(row.number);
  }
  if (!reader) {
    table.error = reader.error();
    table.failed = true;
    return table;
  }
  table.format = (*reader)->format();
  table.merged_areas = (*reader)->merged_areas();
  return table;
}

inline ReadTable read_text(std::string_view content) {
  const TestFile file(content);
  return read_rows(open_table(file.path()));
}

using Parts = std::vector<std::pair<std::string, std::string>>;

inline void write_zip(const std::string& path, const Parts& parts) {
  zipFile zip = zipOpen64(path.c_str(), APPEND_STATUS_CREATE);
  ASSERT_NE(zip, nullptr);
  for (const auto& [name, content] : parts) {
    const zip_fileinfo info{};
    ASSERT_EQ(zipOpenNewFileInZip(zip, name.c_str(), &info, nullptr, 0, nullptr, 0, nullptr,
                                  Z_DEFLATED, Z_DEFAULT_COMPRESSION),
              ZIP_OK);
    const auto size = static_cast<unsigned>(content.size());
    ASSERT_EQ(zipWriteInFileInZip(zip, content.data(), size), ZIP_OK);
    ASSERT_EQ(zipCloseFileInZip(zip), ZIP_OK);
  }
  ASSERT_EQ(zipClose(zip, nullptr), ZIP_OK);
}

// The parts of a workbook with one sheet. `sheet` is the content of its <worksheet>.
inline Parts workbook_parts(const std::string& sheet, const std::string& workbook_properties = {}) {
  const std::string types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
  return {
      {"_rels/.rels", "<Relationships><Relationship Id=\"rId1\" Type=\"" + types +
                          "officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"},
      {"xl/workbook.xml", "<workbook>" + workbook_properties +
                              "<sheets><sheet name=\"明细\" sheetId=\"1\" r:id=\"rId1\" "
                              "xmlns:r=\"r\"/></sheets></workbook>"},
      {"xl/_rels/workbook.xml.rels",
       "<Relationships><Relationship Id=\"rId1\" Type=\"" + types +
           "worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"" +
           types + "sharedStrings\" Target=\"/xl/sharedStrings.xml\"/><Relationship Id=\"rId3\" " +
           "Type=\"" + types + "styles\" Target=\"styles.xml\"/></Relationships>"},
      {"xl/worksheets/sheet1.xml", "<worksheet>" + sheet + "</worksheet>"}};
}

inline ReadTable read_parts(const Parts& parts) {
  const TestFile file;
  write_zip(file.path(), parts);
  return read_rows(open_table(file.path()));
}

// A sheet with the given rows in the form that the XML has.
inline ReadTable read_sheet(const std::string& rows) {
  return read_parts(workbook_parts("<sheetData>" + rows + "</sheetData>"));
}

}  // namespace linchpin::tabular
