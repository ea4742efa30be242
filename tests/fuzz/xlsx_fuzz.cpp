// A workbook: as bytes of a zip file, or as the texts of its parts, which are then packed; only so
// does a change of the input reach the XML.

#include <minizip/zip.h>

#include <array>
#include <filesystem>

#include "jobs/tabular/xlsx_reader.h"
#include "table.h"

namespace linchpin::fuzz {

namespace {

constexpr char separator = '\x1F';
constexpr std::array<const char*, 5> parts{"xl/worksheets/sheet1.xml", "xl/sharedStrings.xml",
                                           "xl/styles.xml", "xl/workbook.xml",
                                           "xl/_rels/workbook.xml.rels"};
constexpr std::string_view relationships =
    "<Relationships><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/"
    "officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/>"
    "</Relationships>";

void add_part(zipFile zip, const char* name, std::string_view content) {
  const zip_fileinfo info{};
  const bool opened = zipOpenNewFileInZip(zip, name, &info, nullptr, 0, nullptr, 0, nullptr, 0,
                                          Z_NO_COMPRESSION) == ZIP_OK;
  const auto size = static_cast<unsigned>(content.size());
  claim(opened && zipWriteInFileInZip(zip, content.data(), size) == ZIP_OK &&
            zipCloseFileInZip(zip) == ZIP_OK,
        "a part is packed");
}

void pack(const std::string& path, std::string_view text) {
  zipFile zip = zipOpen64(path.c_str(), APPEND_STATUS_CREATE);
  claim(zip != nullptr, "the file is opened");
  add_part(zip, "_rels/.rels", relationships);
  for (const char* name : parts) {
    const std::size_t end = text.find(separator);
    add_part(zip, name, text.substr(0, end));
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
  }
  claim(zipClose(zip, nullptr) == ZIP_OK, "the file is closed");
}

}  // namespace

int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  static MemoryFile file;
  const std::string_view text = text_of(data, size);
  tabular::UnpackLimits limits;
  limits.harmless_bytes = 1 << 20;
  if (text.starts_with("PK")) {
    file.fill(text);
  } else {
    file.fill({});
    pack(file.path(), text);
  }
  read_table(tabular::XlsxReader::open(file.path(), limits));
  return 0;
}

}  // namespace linchpin::fuzz
