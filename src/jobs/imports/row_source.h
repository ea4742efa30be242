#pragma once

// The data rows of an uploaded file, from where a job left off.

#include <memory>
#include <string>

#include "jobs/imports/import.h"
#include "jobs/tabular/table_reader.h"

namespace linchpin::imports {

class RowSource {
 public:
  // Begins behind the row with the number `after`, 0 = with the first. Errors: those of the file,
  // as file_problem gives them.
  static Result<RowSource> open(const std::string& path, const FileLayout& layout,
                                std::int64_t after);

  // The next row that is neither blank nor a total; false at the end.
  Result<bool> next(tabular::Row& row);

 private:
  RowSource(std::unique_ptr<tabular::TableReader> reader, std::int64_t first)
      : reader_(std::move(reader)), first_(first) {}

  std::unique_ptr<tabular::TableReader> reader_;
  std::int64_t first_;  // row number
};

// What is wrong with a file is wrong with what the person sent: validation_failed, or
// payload_too_large where it would grow too large.
Error file_problem(Error error);

}  // namespace linchpin::imports
