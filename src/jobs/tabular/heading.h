#pragma once

// Which of the first rows are the heading of a table.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "jobs/tabular/table_reader.h"

namespace linchpin::tabular {

// One of the first filled rows; its texts trimmed and, where they are very long, cut.
struct TopRow {
  std::int64_t number = 0;
  std::vector<std::string> cells;
  bool total = false;
};

struct Heading {
  std::size_t first = 0;  // index among the top rows
  std::size_t rows = 1;   // 0 when the file begins with data
  std::vector<std::string> names;
  std::vector<double> multipliers;  // as many as names
};

// Nothing when no row is wide enough. A row of names that is nearly as wide as the widest one is a
// heading; narrower ones above it are titles. Two rows are one heading where the upper one names
// groups of columns: "金额" over "含税" and "不含税" gives "金额 含税" and "金额 不含税".
std::optional<Heading> find_heading(std::vector<TopRow> rows, const std::vector<MergedArea>& areas);

}  // namespace linchpin::tabular
