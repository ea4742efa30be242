#include "jobs/tabular/table_reader.h"

#include <array>
#include <fstream>

#include "jobs/tabular/csv_reader.h"
#include "jobs/tabular/table_error.h"
#include "jobs/tabular/xlsx_reader.h"

namespace linchpin::tabular {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t magic_bytes = 8;
constexpr std::string_view zip_magic = "PK\x03\x04"sv;
constexpr std::string_view empty_zip_magic = "PK\x05\x06"sv;
constexpr std::string_view ole_magic = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv;
// The stream that holds an encrypted workbook, as the file's directory names it.
constexpr std::string_view encrypted_stream = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"sv;
constexpr std::size_t search_block_bytes = 64 * 1024;

// The directory may be anywhere in the file.
bool names_encrypted_stream(std::ifstream& file) {
  std::string block;
  std::string window;
  while (file) {
    block.resize(search_block_bytes);
    file.read(block.data(), static_cast<std::streamsize>(block.size()));
    block.resize(static_cast<std::size_t>(file.gcount()));
    window += block;
    if (window.find(encrypted_stream) != std::string::npos) return true;
    const std::size_t kept = std::min(window.size(), encrypted_stream.size());
    window.erase(0, window.size() - kept);
  }
  return false;
}

}  // namespace

const std::vector<MergedArea>& TableReader::merged_areas() const {
  static const std::vector<MergedArea> none;
  return none;
}

Result<std::unique_ptr<TableReader>> open_table(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::array<char, magic_bytes> head{};
  file.read(head.data(), head.size());
  const std::string_view magic(head.data(), static_cast<std::size_t>(file.gcount()));
  if (magic.starts_with(zip_magic) || magic.starts_with(empty_zip_magic)) {
    return XlsxReader::open(path);
  }
  if (magic == ole_magic) {
    const bool encrypted = names_encrypted_stream(file);
    return file_error(encrypted ? "workbook_encrypted" : "not_a_workbook");
  }
  return CsvReader::open(path);
}

}  // namespace linchpin::tabular
