#pragma once

// RFC 4180 and its neighbours. Cells are views into one buffer of fixed size.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "jobs/tabular/csv_dialect.h"
#include "jobs/tabular/table_reader.h"
#include "jobs/tabular/text_source.h"

namespace linchpin::tabular {

// A quote inside an unquoted cell is text. `broken_quote` is text behind a closing quote, a quote
// that the file never closes, and a quoted cell beyond max_cell_bytes, with the row where the cell
// began. Rows are counted as records: a quoted line break does not begin a row, a blank line does.
class CsvReader final : public TableReader {
 public:
  // Errors of TextSource.
  static Result<std::unique_ptr<TableReader>> open(const std::string& path);

  Result<bool> next(Row& row) override;
  const TableFormat& format() const override { return format_; }
  double progress() const override;

 private:
  enum class Scan { row, need_more, broken_quote };

  explicit CsvReader(std::unique_ptr<TextSource> source);
  Status refill();
  Scan scan_row(std::vector<std::string_view>& cells);
  void split(const char* stop, std::vector<std::string_view>& cells) const;
  Scan scan_quoted_row(std::vector<std::string_view>& cells);
  Scan scan_cell(char*& at, std::vector<std::string_view>& cells);
  Scan scan_quoted_cell(char*& at, std::vector<std::string_view>& cells);
  Scan scan_behind_quote(char*& at) const;
  void join_doubled_quotes(std::vector<std::string_view>& cells);
  Status check_limits(const std::vector<std::string_view>& cells) const;
  bool is_last_block() const { return ended_ && !source_->is_broken(); }
  Error fail(Error error);

  std::unique_ptr<TextSource> source_;
  TableFormat format_;
  char line_end_ = '\n';
  std::unique_ptr<char[]> buffer_;
  char* begin_;  // of the next row
  char* end_;    // of the text in the buffer
  bool ended_ = false;
  std::int64_t row_ = 0;
  char* row_end_ = nullptr;
  std::vector<std::size_t> doubled_;  // cells of the row that hold doubled quotes
  std::optional<Error> failure_;
};

}  // namespace linchpin::tabular
