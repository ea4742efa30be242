#include "jobs/imports/row_source.h"

#include <algorithm>

#include "jobs/tabular/sheet_layout.h"

namespace linchpin::imports {

Error file_problem(Error error) {
  if (error.code != ErrorCode::malformed) return error;
  const bool too_large = error.detail == "unpacks_too_large" || error.detail == "too_much_text";
  error.code = too_large ? ErrorCode::payload_too_large : ErrorCode::validation_failed;
  return error;
}

Result<RowSource> RowSource::open(const std::string& path, const FileLayout& layout,
                                  std::int64_t after) {
  auto reader = tabular::open_table(path);
  if (!reader) return file_problem(std::move(reader).error());
  return RowSource(std::move(*reader), std::max(layout.first_data_row, after + 1));
}

Result<bool> RowSource::next(tabular::Row& row) {
  while (true) {
    const auto more = reader_->next(row);
    if (!more) return file_problem(more.error());
    if (!*more) return false;
    if (row.number < first_ || tabular::is_blank_row(row) || tabular::is_total_row(row)) continue;
    return true;
  }
}

}  // namespace linchpin::imports
