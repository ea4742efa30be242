#pragma once

// Tables from outside, row by row in constant memory: CSV in the encodings and dialects that people
// have, and XLSX. Every cell comes as text; what the text means is the business of cell_value.h.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace linchpin::tabular {

constexpr std::size_t max_columns = 1'000;
constexpr std::size_t max_cell_bytes = 64 * 1024;
constexpr std::size_t max_row_bytes = 1 << 20;
constexpr std::int64_t max_rows = 20'000'000;
// What an XLSX may unpack to, in all and as a multiple of its packed size: a zip bomb ends here.
constexpr std::int64_t max_unpacked_bytes = std::int64_t{4} << 30;
constexpr std::int64_t max_unpacked_ratio = 100;

enum class Encoding { utf8, gb18030, utf16le, utf16be };

struct Row {
  std::int64_t number = 0;              // in the file, from 1, as a person counts
  std::vector<std::string_view> cells;  // valid until the next row
};

struct TableFormat {
  enum class Kind { csv, xlsx } kind = Kind::csv;
  Encoding encoding = Encoding::utf8;
  char delimiter = ',';
  std::string sheet;  // of an XLSX: the one that is read
};

// Cells of a sheet that are shown as one; only the first of them has a value. From 1, inclusive.
struct MergedArea {
  std::int64_t first_row = 0;
  std::int64_t last_row = 0;
  std::size_t first_column = 0;
  std::size_t last_column = 0;
};
// Only areas that begin in the first rows are told, where headings are, and so many at most.
constexpr std::int64_t max_merged_row = 100;
constexpr std::size_t max_merged_areas = 10'000;

class TableReader {
 public:
  virtual ~TableReader() = default;
  // False at the end. Errors (malformed) with the row: `broken_quote` {row}, `wrong_encoding`
  // {row}, `too_many_columns`, `cell_too_long`, `row_too_long`, `too_many_rows`, each with {row};
  // the last four also with {limit}; `not_a_workbook`, `unpacks_too_large` {limit} in MB. An error
  // is final: the next call gives it again.
  virtual Result<bool> next(Row& row) = 0;
  virtual const TableFormat& format() const = 0;
  // Share of the file that has been read, 0–1.
  virtual double progress() const = 0;
  // Known only when all rows have been read; a sheet tells them at its end.
  virtual const std::vector<MergedArea>& merged_areas() const;
};

// Looks at the content, not at the name. An XLSX: its first visible sheet that holds rows.
// Errors: `file_unreadable`, `empty_file`, `unknown_encoding`, `not_a_workbook`, `no_sheet`,
// `workbook_encrypted`, `unpacks_too_large`, `too_many_parts`, `too_much_text` {limit} in MB, and
// those of the first row.
Result<std::unique_ptr<TableReader>> open_table(const std::string& path);

}  // namespace linchpin::tabular
