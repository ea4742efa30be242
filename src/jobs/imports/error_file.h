#pragma once

// The rows that an import refused, kept beside the uploaded file without any language, and the CSV
// that a person gets of them: mended, it can be imported again. Each row is sealed with the key of
// the workspace.

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "base/crypto.h"
#include "base/locale.h"
#include "base/result.h"
#include "jobs/imports/row_work.h"

namespace linchpin::imports {

// Appends; what lies behind a checkpoint of the job is cut off when the job goes on.
class ErrorFile {
 public:
  // `size`: what of an existing file counts. Errors: storage_full, storage_failed.
  static Result<ErrorFile> open(const std::string& path, std::int64_t size, const Key& key);

  Status add(const tabular::Row& row, const std::vector<RowProblem>& problems);
  // To the operating system; the size after it.
  Result<std::int64_t> flush();

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  ErrorFile(std::FILE* file, std::int64_t size, const Key& key)
      : file_(file), size_(size), key_(key) {}

  std::unique_ptr<std::FILE, Close> file_;
  std::int64_t size_;
  Key key_;
  std::string line_;
};

// Row number, columns, codes, messages, then the row's own cells. With a byte order mark, because
// spreadsheets take a file without one for another encoding. Cells that a spreadsheet would run as
// a formula get a leading apostrophe. Error: not_found / `file_deleted` for what was sealed with
// another key.
Status write_errors_csv(const std::string& errors_path, const Key& sealed_by,
                        const std::string& csv_path, const std::vector<std::string>& columns,
                        const Texts& texts, Language language);

}  // namespace linchpin::imports
