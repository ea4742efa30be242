#include <cstdio>

#include "jobs/disk.h"
#include "jobs/exports/table_file.h"
#include "jobs/tabular/csv_text.h"

namespace linchpin::exports {

namespace {

class CsvFile final : public TableFile {
 public:
  CsvFile(std::FILE* file, std::string path) : file_(file), path_(std::move(path)) {}

  Status begin(const std::vector<Heading>& headings) {
    line_ = tabular::byte_order_mark;
    for (const Heading& heading : headings) {
      if (&heading != &headings.front()) line_ += ',';
      tabular::append_csv_cell(line_, heading.text);
    }
    return write_line();
  }

  Status add(const std::vector<Cell>& row) override {
    for (const Cell& cell : row) {
      if (&cell != &row.front()) line_ += ',';
      tabular::append_csv_cell(line_, cell.text);
    }
    return write_line();
  }

  Status finish() override {
    if (std::fclose(file_.release()) != 0) return jobs::last_disk_error(path_);
    return jobs::sync_file(path_);
  }

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  Status write_line() {
    line_ += tabular::csv_line_end;
    const bool written = std::fwrite(line_.data(), 1, line_.size(), file_.get()) == line_.size();
    line_.clear();
    return written ? Status() : jobs::last_disk_error(path_);
  }

  std::unique_ptr<std::FILE, Close> file_;
  const std::string path_;
  std::string line_;
};

}  // namespace

Result<std::unique_ptr<TableFile>> make_csv_file(const std::string& path,
                                                 const std::vector<Heading>& headings) {
  std::FILE* opened = std::fopen(path.c_str(), "wb");
  if (opened == nullptr) return jobs::last_disk_error(path);
  auto file = std::make_unique<CsvFile>(opened, path);
  LP_CHECK(file->begin(headings));
  return std::unique_ptr<TableFile>(std::move(file));
}

}  // namespace linchpin::exports
