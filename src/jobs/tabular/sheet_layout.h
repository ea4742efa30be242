#pragma once

// Where the table is within a sheet: exports begin with title rows, have headings over two merged
// rows, and end sections with 小计 / 合计 rows that are no data.

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "jobs/tabular/table_reader.h"

namespace linchpin::tabular {

struct Column {
  std::string name;                  // as the file says; "" becomes "Column 3"
  std::vector<std::string> samples;  // up to 5 different values
  double multiplier = 1;             // 10000 for a heading in 万元
};

struct SheetLayout {
  std::int64_t first_data_row = 2;  // file row number
  std::vector<Column> columns;
  std::int64_t data_rows = 0;  // counted to the end of the file
  std::int64_t total_rows_left_out = 0;
};

// Reads the whole file once. Errors of TableReader, and `no_table` when nothing looks like one.
Result<SheetLayout> find_layout(const std::string& path);

// 小计, 合计, 总计, 本页合计, Total, Subtotal … in the first filled cells; or a blank row.
bool is_total_row(const Row& row);
bool is_blank_row(const Row& row);

}  // namespace linchpin::tabular
