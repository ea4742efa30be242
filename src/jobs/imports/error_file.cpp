#include "jobs/imports/error_file.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/json.h"
#include "base/json_writer.h"
#include "jobs/disk.h"
#include "jobs/tabular/csv_text.h"

namespace linchpin::imports {

namespace {

constexpr std::string_view sealed_as = "import errors";

class CsvRow {
 public:
  void add(std::string_view text) {
    if (!first_) text_ += ',';
    first_ = false;
    tabular::append_csv_cell(text_, text);
  }
  std::string take() {
    text_ += tabular::csv_line_end;
    first_ = true;
    return std::exchange(text_, {});
  }

 private:
  std::string text_;
  bool first_ = true;
};

struct Joined {
  std::string columns, codes, messages;
};

void join(std::string& text, std::string_view more) {
  if (more.empty()) return;
  if (!text.empty()) text += "; ";
  text += more;
}

Joined join_problems(const json::array& problems, const std::vector<std::string>& columns,
                     const Texts& texts, Language language) {
  Joined joined;
  for (const json::value& item : problems) {
    const json::object& problem = item.get_object();
    ErrorParams params;
    for (const auto& member : problem.at("params").get_object()) {
      params.emplace_back(std::string(member.key()), std::string(text_from(member.value())));
    }
    const std::int64_t column = problem.at("column").get_int64();
    if (column >= 0 && static_cast<std::size_t>(column) < columns.size()) {
      join(joined.columns, columns[static_cast<std::size_t>(column)]);
    }
    const std::string code(text_from(problem.at("code")));
    join(joined.codes, code);
    join(joined.messages, texts.text(language, "problem." + code, params));
  }
  return joined;
}

}  // namespace

Result<ErrorFile> ErrorFile::open(const std::string& path, std::int64_t size, const Key& key) {
  std::FILE* file = std::fopen(path.c_str(), "ab");
  if (file == nullptr) return jobs::last_disk_error(path);
  ErrorFile opened(file, size, key);
  std::error_code failed;
  const auto present = static_cast<std::int64_t>(std::filesystem::file_size(path, failed));
  if (failed) return jobs::last_disk_error(path);
  // A power cut may have taken the end of it: then less is reported, and nothing wrong.
  opened.size_ = std::min(size, present);
  if (::ftruncate(::fileno(file), opened.size_) != 0) return jobs::last_disk_error(path);
  return opened;
}

Status ErrorFile::add(const tabular::Row& row, const std::vector<RowProblem>& problems) {
  JsonWriter out;
  out.begin_object().key("row").integer(row.number).key("problems").begin_array();
  for (const RowProblem& problem : problems) {
    const auto column =
        problem.column == no_column ? -1 : static_cast<std::int64_t>(problem.column);
    out.begin_object().key("column").integer(column).key("code").string(problem.code);
    out.key("params").begin_object();
    for (const auto& [name, value] : problem.params) out.key(name).string(value);
    out.end_object().end_object();
  }
  out.end_array().key("cells").begin_array();
  for (const std::string_view cell : row.cells) out.string(cell);
  out.end_array().end_object();
  line_ = to_base64url(seal(key_, out.text(), sealed_as)) + "\n";
  if (std::fwrite(line_.data(), 1, line_.size(), file_.get()) != line_.size()) {
    return jobs::last_disk_error("errors");
  }
  size_ += static_cast<std::int64_t>(line_.size());
  return {};
}

Result<std::int64_t> ErrorFile::flush() {
  if (std::fflush(file_.get()) != 0) return jobs::last_disk_error("errors");
  return size_;
}

Status write_errors_csv(const std::string& errors_path, const Key& sealed_by,
                        const std::string& csv_path, const std::vector<std::string>& columns,
                        const Texts& texts, Language language) {
  std::ofstream csv(csv_path, std::ios::binary | std::ios::trunc);
  CsvRow row;
  for (const char* key : {"import.row", "import.column", "import.code", "import.message"}) {
    row.add(texts.text(language, key));
  }
  for (const std::string& column : columns) row.add(column);
  csv << tabular::byte_order_mark << row.take();
  std::ifstream errors(errors_path, std::ios::binary);
  std::string line;
  bool first = true;
  while (std::getline(errors, line)) {
    const auto sealed = from_base64url(line);
    const auto plain = sealed ? open_sealed(sealed_by, *sealed, sealed_as) : sealed;
    // The last line of a file that a power cut left ends it; a first one is of another key.
    if (!plain && first) return Error::of(ErrorCode::not_found, "file_deleted");
    if (!plain) break;
    first = false;
    LP_TRY(const json::object object, parse_json_object(*plain));
    row.add(std::to_string(object.at("row").get_int64()));
    const Joined joined =
        join_problems(object.at("problems").get_array(), columns, texts, language);
    row.add(joined.columns);
    row.add(joined.codes);
    row.add(joined.messages);
    for (const json::value& cell : object.at("cells").get_array()) row.add(text_from(cell));
    csv << row.take();
  }
  csv.flush();
  if (!csv) return jobs::last_disk_error(csv_path);
  return {};
}

}  // namespace linchpin::imports
