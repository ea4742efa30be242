#include <xlsxwriter.h>

#include <algorithm>
#include <cstdlib>
#include <map>

#include "base/decimal.h"
#include "base/utf8.h"
#include "jobs/disk.h"
#include "jobs/exports/table_file.h"
#include "jobs/tabular/zip_archive.h"

namespace linchpin::exports {

namespace {

// What a spreadsheet keeps: 15 digits of a number, 32,767 UTF-16 units of a text, dates since
// March 1900 (before it, its calendar has a day that never was).
constexpr std::int64_t first_inexact = 1'000'000'000'000'000;
constexpr std::size_t max_cell_units = 32'767;
constexpr std::int64_t first_serial = 61;
constexpr std::int64_t serial_of_1970 = 25'569;

constexpr const char* sheet_part = "xl/worksheets/sheet1.xml";
constexpr std::string_view sheet_end = "</worksheet>";
constexpr std::string_view cell_begin = "<c r=\"";
constexpr std::size_t block_bytes = 64 * 1024;

// Bytes of the text that fit into a cell.
std::size_t fitting(std::string_view text) {
  if (text.size() <= max_cell_units) return text.size();
  std::size_t units = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    const CodePoint point = code_point_at(text, at);
    constexpr char32_t last_of_one_unit = 0xFFFF;
    units += point.value > last_of_one_unit ? 2 : 1;
    if (units > max_cell_units) return at;
    at += point.size;
  }
  return text.size();
}

Error incomplete(const std::string& path, const char* why) {
  Error error = Error::of(ErrorCode::storage_failed, "export_incomplete");
  error.log_detail = path + ": " + why;
  return error;
}

class XlsxFile final : public TableFile {
 public:
  XlsxFile(std::string path, std::string folder)
      : path_(std::move(path)), folder_(std::move(folder)) {}
  ~XlsxFile() override {
    // It frees itself, and the files on its way, by being written.
    if (workbook_ != nullptr) workbook_close(workbook_);
  }

  Status begin(const std::vector<Heading>& headings) {
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    options.tmpdir = folder_.data();
    options.use_zip64 = LXW_FALSE;
    workbook_ = workbook_new_opt(path_.c_str(), &options);
    sheet_ = workbook_ == nullptr ? nullptr : workbook_add_worksheet(workbook_, nullptr);
    if (sheet_ == nullptr) return incomplete(path_, "no workbook");
    lxw_format* bold = workbook_add_format(workbook_);
    format_set_bold(bold);
    worksheet_freeze_panes(sheet_, 1, 0);
    for (std::size_t i = 0; i < headings.size(); ++i) {
      const auto column = static_cast<lxw_col_t>(i);
      worksheet_set_column(sheet_, column, column, headings[i].width, nullptr);
      LP_CHECK(write_text(column, headings[i].text, bold));
    }
    ++row_;
    return {};
  }

  Status add(const std::vector<Cell>& row) override {
    for (std::size_t i = 0; i < row.size(); ++i) {
      LP_CHECK(write(static_cast<lxw_col_t>(i), row[i]));
    }
    ++row_;
    return {};
  }

  Status finish() override {
    const lxw_error closed = workbook_close(std::exchange(workbook_, nullptr));
    if (closed != LXW_NO_ERROR) return incomplete(path_, lxw_strerror(closed));
    LP_CHECK(verify());
    return jobs::sync_file(path_);
  }

  std::int64_t shortened() const override { return shortened_; }

 private:
  Status write(lxw_col_t column, const Cell& cell) {
    switch (cell.kind) {
      case Cell::Kind::empty:
        return {};
      case Cell::Kind::number:
      case Cell::Kind::percent:
        if (std::abs(cell.value) >= first_inexact) break;
        return write_number(
            column, static_cast<double>(cell.value) / static_cast<double>(power_of_ten(cell.scale)),
            number_format(cell));
      case Cell::Kind::date:
        if (cell.value + serial_of_1970 < first_serial) break;
        return write_number(column, static_cast<double>(cell.value + serial_of_1970),
                            format("yyyy-mm-dd"));
      case Cell::Kind::datetime:
        if (cell.value / milliseconds_per_day + serial_of_1970 < first_serial) break;
        return write_number(
            column,
            static_cast<double>(cell.value) / static_cast<double>(milliseconds_per_day) +
                static_cast<double>(serial_of_1970),
            format("yyyy-mm-dd hh:mm:ss"));
      case Cell::Kind::boolean:
        return written(
            worksheet_write_boolean(sheet_, row_, column, static_cast<int>(cell.value), nullptr));
      case Cell::Kind::text:
        break;
    }
    return write_text(column, cell.text, nullptr);
  }

  Status write_number(lxw_col_t column, double number, lxw_format* shown) {
    return written(worksheet_write_number(sheet_, row_, column, number, shown));
  }

  Status write_text(lxw_col_t column, const std::string& text, lxw_format* shown) {
    const std::size_t size = fitting(text);
    if (size == text.size()) {
      return written(worksheet_write_string(sheet_, row_, column, text.c_str(), shown));
    }
    ++shortened_;
    const std::string cut = text.substr(0, size);
    return written(worksheet_write_string(sheet_, row_, column, cut.c_str(), shown));
  }

  Status written(lxw_error error) {
    if (error != LXW_NO_ERROR) return incomplete(path_, lxw_strerror(error));
    ++cells_;
    return {};
  }

  // Whole numbers stand without separators, because years and codes are such; money has them.
  lxw_format* number_format(const Cell& cell) {
    const std::string fraction = cell.scale == 0
                                     ? std::string()
                                     : "." + std::string(static_cast<std::size_t>(cell.scale), '0');
    if (cell.kind == Cell::Kind::percent) return format("0" + fraction + "\"%\"");
    return cell.scale == 0 ? format("0") : format("#,##0" + fraction);
  }

  lxw_format* format(const std::string& shown) {
    lxw_format*& made = formats_[shown];
    if (made == nullptr) {
      made = workbook_add_format(workbook_);
      format_set_num_format(made, shown.c_str());
    }
    return made;
  }

  // The library says nothing of what a full disk did not take, so every cell is looked for.
  Status verify() const {
    const Result<std::int64_t> found = stored_cells();
    if (!found) return incomplete(path_, found.error().detail.c_str());
    return *found == cells_ ? Status() : incomplete(path_, "cells are missing");
  }

  // Error when the sheet does not end as it should.
  Result<std::int64_t> stored_cells() const {
    tabular::UnpackLimits own;
    own.bytes = INT64_MAX;
    own.ratio = INT32_MAX;
    LP_TRY(const auto archive, tabular::ZipArchive::open(path_, own));
    LP_TRY(const bool found, archive->open_part(sheet_part));
    std::int64_t cells = 0;
    std::string text;  // the end of what was read before, and a block
    std::string end;
    std::string block(found ? block_bytes : 0, '\0');
    while (found) {
      LP_TRY(const std::size_t count, archive->read(block.data(), block.size()));
      if (count == 0) break;
      text.append(block, 0, count);
      for (std::size_t at = text.find(cell_begin); at != text.npos;
           at = text.find(cell_begin, at + 1)) {
        ++cells;
      }
      end = last_of(end + block.substr(0, count), sheet_end.size());
      text = last_of(text, cell_begin.size() - 1);
    }
    if (end != sheet_end) return Error::of(ErrorCode::storage_failed, "no end");
    return cells;
  }

  static std::string last_of(const std::string& text, std::size_t size) {
    return text.substr(text.size() - std::min(text.size(), size));
  }

  const std::string path_;
  std::string folder_;
  lxw_workbook* workbook_ = nullptr;
  lxw_worksheet* sheet_ = nullptr;
  std::map<std::string, lxw_format*> formats_;
  lxw_row_t row_ = 0;
  std::int64_t cells_ = 0;
  std::int64_t shortened_ = 0;
};

}  // namespace

Result<std::unique_ptr<TableFile>> make_xlsx_file(const std::string& path,
                                                  const std::string& folder,
                                                  const std::vector<Heading>& headings) {
  auto file = std::make_unique<XlsxFile>(path, folder);
  LP_CHECK(file->begin(headings));
  return std::unique_ptr<TableFile>(std::move(file));
}

}  // namespace linchpin::exports
