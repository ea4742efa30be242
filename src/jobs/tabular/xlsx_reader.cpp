#include "jobs/tabular/xlsx_reader.h"

#include "jobs/tabular/table_error.h"

namespace linchpin::tabular {

XlsxReader::XlsxReader(std::unique_ptr<ZipArchive> archive) : archive_(std::move(archive)) {
  format_.kind = TableFormat::Kind::xlsx;
}

Result<std::unique_ptr<TableReader>> XlsxReader::open(const std::string& path,
                                                      const UnpackLimits& limits) {
  LP_TRY(auto archive, ZipArchive::open(path, limits));
  LP_TRY(Workbook workbook, read_workbook(*archive));
  std::unique_ptr<XlsxReader> reader(new XlsxReader(std::move(archive)));
  LP_CHECK(reader->load(workbook));
  for (const Sheet& sheet : workbook.sheets) {
    LP_TRY(const bool has_rows, reader->open_sheet(sheet));
    if (has_rows) return std::unique_ptr<TableReader>(std::move(reader));
  }
  return file_error("no_sheet");
}

Status XlsxReader::load(Workbook& workbook) {
  since_1904_ = workbook.since_1904;
  if (!workbook.shared_strings_part.empty()) {
    LP_CHECK(strings_.load(*archive_, workbook.shared_strings_part));
  }
  if (!workbook.styles_part.empty()) {
    LP_TRY(kinds_, read_styles(*archive_, workbook.styles_part));
  }
  return {};
}

Result<bool> XlsxReader::open_sheet(const Sheet& sheet) {
  stream_.reset();
  LP_TRY(const bool found, archive_->open_part(sheet.part));
  if (!found) return file_error("not_a_workbook");
  parser_ = std::make_unique<SheetParser>(strings_, kinds_, since_1904_);
  stream_ = std::make_unique<XmlStream>(*archive_, *parser_);
  parser_->set_stream(stream_.get());
  format_.sheet = sheet.name;
  LP_TRY(row_waits_, advance());
  return row_waits_;
}

Result<bool> XlsxReader::advance() {
  LP_TRY(const bool paused, stream_->advance());
  if (parser_->failure()) return *parser_->failure();
  return paused;
}

Result<bool> XlsxReader::next(Row& row) {
  if (failure_) return *failure_;
  if (!row_waits_) {
    Result<bool> paused = advance();
    if (!paused) failure_ = paused.error();
    if (!paused || !*paused) return paused;
  }
  row_waits_ = false;
  parser_->take_row(row);
  return true;
}

double XlsxReader::progress() const {
  return archive_->progress();
}

const std::vector<MergedArea>& XlsxReader::merged_areas() const {
  return parser_->merged_areas();
}

}  // namespace linchpin::tabular
