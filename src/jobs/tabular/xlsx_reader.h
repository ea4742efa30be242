#pragma once

// XLSX, streamed: the first visible sheet that holds rows.

#include <memory>
#include <string>
#include <vector>

#include "jobs/tabular/sheet_parser.h"
#include "jobs/tabular/table_reader.h"
#include "jobs/tabular/workbook.h"
#include "jobs/tabular/xml_stream.h"
#include "jobs/tabular/zip_archive.h"

namespace linchpin::tabular {

// Texts come as they are, rich text joined; numbers as append_number, dates and times as
// append_serial gives them; booleans as TRUE and FALSE; errors and rows without a value not at all.
class XlsxReader final : public TableReader {
 public:
  // Errors: `not_a_workbook`, `workbook_encrypted`, `no_sheet`, those of ZipArchive, XmlStream and
  // SharedStrings.
  static Result<std::unique_ptr<TableReader>> open(const std::string& path,
                                                   const UnpackLimits& limits = {});

  Result<bool> next(Row& row) override;
  const TableFormat& format() const override { return format_; }
  double progress() const override;
  const std::vector<MergedArea>& merged_areas() const override;

 private:
  explicit XlsxReader(std::unique_ptr<ZipArchive> archive);
  Status load(Workbook& workbook);
  Result<bool> open_sheet(const Sheet& sheet);
  Result<bool> advance();

  std::unique_ptr<ZipArchive> archive_;
  TableFormat format_;
  SharedStrings strings_;
  std::vector<NumberKind> kinds_;
  bool since_1904_ = false;
  std::unique_ptr<SheetParser> parser_;
  std::unique_ptr<XmlStream> stream_;
  bool row_waits_ = false;  // the first row, by which the sheet was chosen
  std::optional<Error> failure_;
};

}  // namespace linchpin::tabular
