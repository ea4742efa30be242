#include "jobs/tabular/sheet_parser.h"

#include <algorithm>
#include <charconv>

#include "jobs/tabular/table_error.h"

namespace linchpin::tabular {
namespace {

constexpr std::size_t max_column_letters = 3;

template <class Number>
bool read_whole(std::string_view text, Number& value) {
  const char* const end = text.data() + text.size();
  const auto [read_to, problem] = std::from_chars(text.data(), end, value);
  return problem == std::errc() && read_to == end;
}

}  // namespace

CellPlace parse_place(std::string_view reference) {
  CellPlace place;
  std::size_t letters = 0;
  while (letters < reference.size() && letters < max_column_letters) {
    const char c = reference[letters];
    if (c < 'A' || c > 'Z') break;
    place.column = place.column * 26 + static_cast<std::size_t>(c - 'A') + 1;
    ++letters;
  }
  if (!read_whole(reference.substr(letters), place.row)) place.row = 0;
  return place;
}

void SheetParser::fail(Error error) {
  if (!failure_) failure_ = std::move(error);
}

void SheetParser::start(std::string_view name, XmlAttributes attributes) {
  if (name == "sheetData") {
    in_data_ = true;
  } else if (name == "mergeCell") {
    add_merged_area(attribute(attributes, "ref"));
  } else if (!in_data_) {
    return;
  } else if (name == "c") {
    start_cell(attributes);
  } else if (name == "v" || name == "t") {
    in_value_ = !in_reading_aid_;
  } else if (name == "row") {
    start_row(attributes);
  } else if (name == "rPh") {
    in_reading_aid_ = true;
  }
}

void SheetParser::text(std::string_view text) {
  if (in_value_ && value_.size() <= max_cell_bytes) value_ += text;
}

void SheetParser::end(std::string_view name) {
  if (!in_data_) return;
  if (name == "v" || name == "t") {
    in_value_ = false;
  } else if (name == "c") {
    end_cell();
  } else if (name == "row") {
    end_row();
  } else if (name == "rPh") {
    in_reading_aid_ = false;
  } else if (name == "sheetData") {
    in_data_ = false;
  }
}

// A row without a number, or with one that goes back, is the next one.
void SheetParser::start_row(XmlAttributes attributes) {
  std::int64_t number = 0;
  const bool given = read_whole(attribute(attributes, "r"), number);
  row_ = given && number > row_ ? number : row_ + 1;
  if (row_ > max_rows) fail(row_error("too_many_rows", row_, max_rows));
  column_ = 0;
  cells_.clear();
  row_text_.clear();
  row_bytes_ = 0;
}

void SheetParser::start_cell(XmlAttributes attributes) {
  value_.clear();
  const std::size_t column = parse_place(attribute(attributes, "r")).column;
  column_ = column > 0 ? column : column_ + 1;
  const std::string_view type = attribute(attributes, "t");
  type_ = type.empty() || type == "n" ? CellType::number
          : type == "s"               ? CellType::shared
          : type == "b"               ? CellType::boolean
          : type == "e"               ? CellType::error
                                      : CellType::text;
  kind_ = NumberKind::number;
  std::size_t style = 0;
  if (type_ != CellType::number || !read_whole(attribute(attributes, "s"), style)) return;
  if (style < kinds_.size()) kind_ = kinds_[style];
}

// An error such as #N/A is no value.
void SheetParser::end_cell() {
  if (value_.empty() || type_ == CellType::error || failure_) return;
  if (value_.size() > max_cell_bytes) {
    fail(row_error("cell_too_long", row_, max_cell_bytes));
  } else if (type_ == CellType::shared) {
    add_shared();
  } else {
    add_value();
  }
}

void SheetParser::add_shared() {
  std::size_t index = 0;
  if (!read_whole(value_, index) || index >= strings_.size()) {
    fail(file_error("not_a_workbook"));
    return;
  }
  const std::string_view text = strings_.at(index);
  add_cell({column_, text.data(), 0, text.size()});
}

void SheetParser::add_value() {
  Cell cell{column_, nullptr, row_text_.size(), 0};
  if (type_ == CellType::boolean) {
    row_text_ += value_ == "1" || value_ == "true" ? "TRUE" : "FALSE";
  } else if (type_ == CellType::text) {
    unescape_controls(value_);
    row_text_ += value_;
  } else {
    double serial = 0;
    const bool date = kind_ != NumberKind::number && read_whole(value_, serial) &&
                      append_serial(row_text_, serial, kind_, since_1904_);
    if (!date) append_number(row_text_, value_);
  }
  cell.size = row_text_.size() - cell.offset;
  add_cell(cell);
}

void SheetParser::add_cell(Cell cell) {
  if (cell.size == 0) return;
  row_bytes_ += cell.size;
  // A row that repeats its columns without end has too many as well.
  if (cell.column > max_columns || cells_.size() == max_columns) {
    fail(row_error("too_many_columns", row_, max_columns));
  } else if (cell.size > max_cell_bytes) {
    fail(row_error("cell_too_long", row_, max_cell_bytes));
  } else if (row_bytes_ > max_row_bytes) {
    fail(row_error("row_too_long", row_, max_row_bytes));
  } else {
    cells_.push_back(cell);
  }
}

void SheetParser::end_row() {
  if (!cells_.empty() || failure_) stream_->pause();
}

void SheetParser::take_row(Row& row) const {
  row.number = row_;
  row.cells.clear();
  for (const Cell& cell : cells_) {
    if (row.cells.size() < cell.column) row.cells.resize(cell.column);
    const char* const from = cell.shared ? cell.shared : row_text_.data() + cell.offset;
    row.cells[cell.column - 1] = {from, cell.size};
  }
}

void SheetParser::add_merged_area(std::string_view reference) {
  const std::size_t colon = reference.find(':');
  if (colon == std::string_view::npos) return;
  const CellPlace first = parse_place(reference.substr(0, colon));
  const CellPlace last = parse_place(reference.substr(colon + 1));
  const bool whole = first.column > 0 && first.row > 0 && last.column > 0;
  if (!whole || first.row > max_merged_row || first.column > max_columns) return;
  if (merged_areas_.size() == max_merged_areas) return;
  merged_areas_.push_back({first.row, std::max(first.row, last.row), first.column,
                           std::max(first.column, last.column)});
}

}  // namespace linchpin::tabular
