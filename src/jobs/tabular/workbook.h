#pragma once

// What a workbook is made of: its sheets and where their parts are.

#include <string>
#include <vector>

#include "base/result.h"
#include "jobs/tabular/zip_archive.h"

namespace linchpin::tabular {

struct Sheet {
  std::string name;
  std::string part;
};

struct Workbook {
  std::vector<Sheet> sheets;  // visible ones, in their order
  bool since_1904 = false;
  std::string shared_strings_part;
  std::string styles_part;
};

// Errors: `not_a_workbook`, those of XmlStream.
Result<Workbook> read_workbook(ZipArchive& archive);

// "xl/workbook.xml" and "worksheets/sheet1.xml" → "xl/worksheets/sheet1.xml".
std::string resolve_part(const std::string& from_part, std::string_view target);

}  // namespace linchpin::tabular
