#include "table.h"

#include <cstdint>

namespace linchpin::fuzz {

using tabular::Row;

void read_table(Result<std::unique_ptr<tabular::TableReader>> reader) {
  if (!reader) return claim_fault_of_caller(reader.error());
  std::int64_t last = 0;
  std::size_t bytes = 0;
  for (Row row;;) {
    const Result<bool> more = (*reader)->next(row);
    if (!more) {
      claim_fault_of_caller(more.error());
      const Result<bool> again = (*reader)->next(row);
      claim(!again && again.error().detail == more.error().detail, "an error is final");
      return;
    }
    if (!*more) break;
    claim(row.number > last, "rows are numbered upwards");
    last = row.number;
    claim(row.cells.size() <= tabular::max_columns, "no more columns than allowed");
    for (const std::string_view cell : row.cells) {
      claim(cell.size() <= tabular::max_cell_bytes, "no longer cells than allowed");
      for (const char c : cell) bytes += static_cast<unsigned char>(c) != 0 ? 1U : 0U;
    }
  }
  claim((*reader)->progress() >= 0 && (*reader)->progress() <= 1, "progress is a share");
  claim(bytes < SIZE_MAX, "every byte of every cell can be read");
}

}  // namespace linchpin::fuzz
