#pragma once

// A table that is written row by row to a file, in memory that does not grow with it.

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "jobs/exports/cell.h"

namespace linchpin::exports {

struct Heading {
  std::string text;
  int width = 0;  // in characters
};

class TableFile {
 public:
  virtual ~TableFile() = default;
  // All errors: storage_full, storage_failed.
  virtual Status add(const std::vector<Cell>& row) = 0;
  // Everything is on disk. Without it the file is worth nothing.
  virtual Status finish() = 0;
  // Cells whose text was longer than the format allows, and was cut.
  virtual std::int64_t shortened() const { return 0; }
};

// UTF-8 with a byte order mark, so that spreadsheets read it rightly.
Result<std::unique_ptr<TableFile>> make_csv_file(const std::string& path,
                                                 const std::vector<Heading>& headings);
// `folder` takes what the workbook needs on its way. A number with more digits than a spreadsheet
// keeps, and a date before its calendar, are texts.
Result<std::unique_ptr<TableFile>> make_xlsx_file(const std::string& path,
                                                  const std::string& folder,
                                                  const std::vector<Heading>& headings);

}  // namespace linchpin::exports
