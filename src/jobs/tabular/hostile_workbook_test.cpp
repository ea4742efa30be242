#include "jobs/tabular/test_files.h"
#include "jobs/tabular/xlsx_reader.h"

namespace linchpin::tabular {
namespace {

using namespace std::string_literals;

constexpr const char* sheet_name = "xl/worksheets/sheet1.xml";

std::string detail(const ReadTable& table) {
  return table.failed ? table.error.detail : "";
}

std::string zip_content(const Parts& parts) {
  const TestFile file;
  write_zip(file.path(), parts);
  return file.content();
}

Parts small_workbook() {
  return workbook_parts("<sheetData><row><c><v>1</v></c></row></sheetData>");
}

std::string& part(Parts& parts, const std::string& name) {
  for (auto& [key, content] : parts) {
    if (key == name) return content;
  }
  ADD_FAILURE() << name;
  return parts.front().second;
}

ReadTable read_limited(const Parts& parts, const UnpackLimits& limits) {
  const TestFile file;
  write_zip(file.path(), parts);
  return read_rows(XlsxReader::open(file.path(), limits));
}

// Overwrites the sizes that the zip's directories claim for the part.
std::string with_claimed_size(std::string zip, const std::string& name, std::uint32_t size) {
  const std::string bytes(reinterpret_cast<const char*>(&size), sizeof size);
  for (const auto& [signature, size_at, name_at] :
       {std::tuple{"PK\x01\x02"s, std::size_t{24}, std::size_t{46}},
        std::tuple{"PK\x03\x04"s, std::size_t{22}, std::size_t{30}}}) {
    for (std::size_t at = zip.find(signature); at != std::string::npos;
         at = zip.find(signature, at + 4)) {
      if (zip.compare(at + name_at, name.size(), name) == 0) zip.replace(at + size_at, 4, bytes);
    }
  }
  return zip;
}

TEST(HostileWorkbook, ABombEndsAtTheRatio) {
  Parts parts = small_workbook();
  part(parts, sheet_name) =
      "<worksheet><sheetData>" + std::string(64 << 20, ' ') + "</sheetData></worksheet>";
  const ReadTable table = read_parts(parts);
  EXPECT_EQ(detail(table), "unpacks_too_large");
  EXPECT_GE(std::stoll(table.param("limit")), 8);
  EXPECT_LT(std::stoll(table.param("limit")), 64);
}

TEST(HostileWorkbook, ABombInAnyPartEndsAtTheRatio) {
  for (const std::string name : {"xl/sharedStrings.xml", "xl/styles.xml"}) {
    Parts parts = small_workbook();
    parts.emplace_back(name, "<x>" + std::string(64 << 20, ' ') + "</x>");
    EXPECT_EQ(detail(read_parts(parts)), "unpacks_too_large");
  }
}

TEST(HostileWorkbook, TheTotalOfAllPartsIsLimited) {
  Parts parts = small_workbook();
  std::string noise;
  for (unsigned i = 1; noise.size() < 100'000; i = i * 1103515245 + 12345) {
    noise += std::to_string(i);
  }
  parts.emplace_back("xl/sharedStrings.xml", "<sst>" + noise + "</sst>");
  UnpackLimits limits;
  limits.bytes = 200'000;
  EXPECT_EQ(detail(read_limited(parts, limits)), "");
  parts.emplace_back("xl/styles.xml", "<styles>" + noise + "</styles>");
  EXPECT_EQ(detail(read_limited(parts, limits)), "unpacks_too_large");
}

TEST(HostileWorkbook, SmallPartsMayHaveAnyRatio) {
  Parts parts = small_workbook();
  part(parts, sheet_name) += std::string(2 << 20, '\n');
  UnpackLimits limits;
  EXPECT_EQ(detail(read_limited(parts, limits)), "");
  limits.harmless_bytes = 0;
  EXPECT_EQ(detail(read_limited(parts, limits)), "unpacks_too_large");
}

TEST(HostileWorkbook, TheNumberOfPartsIsLimited) {
  Parts parts = small_workbook();
  UnpackLimits limits;
  limits.entries = parts.size();
  EXPECT_EQ(detail(read_limited(parts, limits)), "");
  parts.emplace_back("more.xml", "");
  const ReadTable table = read_limited(parts, limits);
  EXPECT_EQ(detail(table), "too_many_parts");
  EXPECT_EQ(table.param("limit"), std::to_string(limits.entries));
}

TEST(HostileWorkbook, SizesThatTheZipClaimsAreNotTrusted) {
  const std::string zip = zip_content(small_workbook());
  EXPECT_EQ(detail(read_text(zip)), "");
  for (const std::uint32_t claimed : {0U, 5U, 0xFFFFFFF0U}) {
    EXPECT_EQ(detail(read_text(with_claimed_size(zip, sheet_name, claimed))), "not_a_workbook");
  }
}

TEST(HostileWorkbook, EntitiesAreRefused) {
  const std::string laughs =
      "<!DOCTYPE worksheet [<!ENTITY a \"xxxxxxxxxx\"><!ENTITY b \"&a;&a;&a;&a;\">]>"
      "<worksheet><sheetData><row><c t=\"str\"><v>&b;</v></c></row></sheetData></worksheet>";
  const std::string outside =
      "<!DOCTYPE worksheet SYSTEM \"file:///etc/hostname\"><worksheet><sheetData/></worksheet>";
  for (const std::string& content : {laughs, outside}) {
    Parts parts = small_workbook();
    part(parts, sheet_name) = content;
    const ReadTable table = read_parts(parts);
    EXPECT_EQ(detail(table), "not_a_workbook");
    EXPECT_EQ(table.error.log_detail, "document type in a part");
  }
}

// Nesting, a huge attribute and ever new names all grow the parser's memory.
TEST(HostileWorkbook, TheMemoryOfTheParserIsLimited) {
  std::string nested;
  for (int i = 0; i < 400'000; ++i) nested += "<a>";
  const std::string attribute = "<row x=\"" + std::string(6 << 20, 'x') + "\"/>";
  std::string names;
  for (int i = 0; i < 200'000; ++i) names += "<n" + std::to_string(i) + "/>";
  for (const std::string& content : {nested, attribute, names}) {
    Parts parts = small_workbook();
    part(parts, sheet_name) = "<worksheet><sheetData>" + content + "</sheetData></worksheet>";
    EXPECT_EQ(detail(read_limited(parts, UnpackLimits{})), "unpacks_too_large")
        << content.substr(0, 10);
  }
}

TEST(HostileWorkbook, LimitsOfCellsRowsAndColumns) {
  const auto text = [](std::size_t size) {
    return "<c t=\"str\"><v>" + std::string(size, 'x') + "</v></c>";
  };
  EXPECT_EQ(detail(read_sheet("<row>" + text(max_cell_bytes) + "</row>")), "");
  const ReadTable long_cell = read_sheet("<row r=\"3\">" + text(max_cell_bytes + 1) + "</row>");
  EXPECT_EQ(detail(long_cell), "cell_too_long");
  EXPECT_EQ(long_cell.param("row"), "3");

  std::string row;
  for (std::size_t size = 0; size <= max_row_bytes; size += max_cell_bytes) {
    row += text(max_cell_bytes);
  }
  EXPECT_EQ(detail(read_sheet("<row>" + row + "</row>")), "row_too_long");

  EXPECT_EQ(detail(read_sheet("<row><c r=\"ALL1\"><v>1</v></c></row>")), "");
  EXPECT_EQ(detail(read_sheet("<row><c r=\"ALM1\"><v>1</v></c></row>")), "too_many_columns");
  EXPECT_EQ(detail(read_sheet("<row><c r=\"XFD1\" s=\"1\"/><c r=\"A1\"><v>1</v></c></row>")), "");
  std::string repeated;
  for (std::size_t i = 0; i <= max_columns; ++i) repeated += "<c r=\"A1\"><v>1</v></c>";
  EXPECT_EQ(detail(read_sheet("<row>" + repeated + "</row>")), "too_many_columns");

  const std::string last = std::to_string(max_rows);
  EXPECT_EQ(detail(read_sheet("<row r=\"" + last + "\"><c><v>1</v></c></row>")), "");
  EXPECT_EQ(detail(read_sheet("<row r=\"" + last + "\"/><row><c><v>1</v></c></row>")),
            "too_many_rows");
}

TEST(HostileWorkbook, ALongSharedTextIsRefusedWhereItIsUsed) {
  const std::string cell = "<c t=\"s\"><v>0</v></c>";
  Parts parts =
      workbook_parts("<sheetData><row><c><v>1</v></c></row><row>" + cell + "</row></sheetData>");
  parts.emplace_back("xl/sharedStrings.xml",
                     "<sst><si><t>" + std::string(max_cell_bytes + 5, 'x') + "</t></si></sst>");
  const ReadTable table = read_parts(parts);
  EXPECT_EQ(detail(table), "cell_too_long");
  EXPECT_EQ(table.param("row"), "2");
}

TEST(HostileWorkbook, SharedTextsHaveALimit) {
  constexpr std::size_t limit = 4 << 20;
  for (const std::string& item : {"<si/>"s, "<si><t>" + std::string(1000, 'x') + "</t></si>"}) {
    std::string items;
    while (items.size() < 8 << 20) items += item;
    const TestFile file;
    write_zip(file.path(), {{"strings.xml", "<sst>" + items + "</sst>"}});
    UnpackLimits limits;
    limits.harmless_bytes = 64 << 20;
    auto archive = ZipArchive::open(file.path(), limits);
    ASSERT_TRUE(archive);
    SharedStrings strings;
    const Status status = strings.load(**archive, "strings.xml", limit);
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().detail, "too_much_text");
    EXPECT_EQ(status.error().params[0].second, "4");
  }
}

TEST(HostileWorkbook, AReferenceToATextThatIsNotThere) {
  EXPECT_EQ(detail(read_sheet("<row><c t=\"s\"><v>0</v></c></row>")), "not_a_workbook");
  EXPECT_EQ(detail(read_sheet("<row><c t=\"s\"><v>-1</v></c></row>")), "not_a_workbook");
}

TEST(HostileWorkbook, MissingPartsAreNoWorkbook) {
  for (const std::string name : {"_rels/.rels", "xl/workbook.xml", sheet_name}) {
    Parts parts = small_workbook();
    std::erase_if(parts, [&](const auto& entry) { return entry.first == name; });
    EXPECT_EQ(detail(read_parts(parts)), "not_a_workbook") << name;
  }
  Parts parts = small_workbook();
  std::erase_if(parts,
                [](const auto& entry) { return entry.first.ends_with("workbook.xml.rels"); });
  EXPECT_EQ(detail(read_parts(parts)), "no_sheet");
}

TEST(HostileWorkbook, OtherZipFilesAreNoWorkbook) {
  EXPECT_EQ(detail(read_parts({{"readme.txt", "hello"}})), "not_a_workbook");
  Parts document = small_workbook();
  part(document, "xl/workbook.xml") = "<document><body/></document>";
  EXPECT_EQ(detail(read_parts(document)), "not_a_workbook");
  EXPECT_EQ(detail(read_text("PK\x03\x04 and then nothing")), "not_a_workbook");
  EXPECT_EQ(detail(read_text("PK\x05\x06"s + std::string(18, '\0'))), "not_a_workbook");
}

TEST(HostileWorkbook, BrokenXmlIsNoWorkbook) {
  Parts parts = small_workbook();
  part(parts, sheet_name) = "<worksheet><sheetData><row><c><v>1</v></c></row><row></worksheet>";
  const ReadTable table = read_parts(parts);
  EXPECT_EQ(detail(table), "not_a_workbook");
  EXPECT_EQ(table.rows.size(), 1U);
  part(parts, sheet_name) = "<worksheet><sheetData><row><c><v>1";
  EXPECT_EQ(detail(read_parts(parts)), "not_a_workbook");
}

TEST(HostileWorkbook, ATruncatedOrDamagedFileIsNoWorkbook) {
  std::string rows;
  for (int i = 0; i < 2'000; ++i) {
    rows += "<row><c><v>" + std::to_string(i * 7919 % 10007) + "</v></c></row>";
  }
  const std::string zip = zip_content(workbook_parts("<sheetData>" + rows + "</sheetData>"));
  for (std::size_t size = 4; size < zip.size(); size += 97) {
    EXPECT_EQ(detail(read_text(zip.substr(0, size))), "not_a_workbook") << size;
  }
  std::string damaged = zip;
  const std::size_t sheet = damaged.find(sheet_name);
  for (std::size_t i = sheet + 2'000; i < sheet + 2'050; ++i) damaged[i] = 'x';
  EXPECT_EQ(detail(read_text(damaged)), "not_a_workbook");
}

TEST(HostileWorkbook, EncryptedWorkbooksAreTold) {
  const std::string ole = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"s;
  std::string name;
  for (const char c : "EncryptedPackage"s) name += {c, '\0'};
  for (const std::size_t gap : {504UL, 65'536UL - 8 - 7, 200'000UL}) {
    const std::string file = ole + std::string(gap, '\1') + name;
    EXPECT_EQ(detail(read_text(file + std::string(100, '\0'))), "workbook_encrypted") << gap;
  }
  EXPECT_EQ(detail(read_text(ole + std::string(100'000, '\0') + "Workbook")), "not_a_workbook");
}

TEST(HostileWorkbook, EncryptedPartsAreTold) {
  std::string zip = zip_content(small_workbook());
  for (std::size_t at = zip.find("PK\x01\x02"); at != std::string::npos;
       at = zip.find("PK\x01\x02", at + 4)) {
    zip[at + 8] = static_cast<char>(zip[at + 8] | 1);
  }
  EXPECT_EQ(detail(read_text(zip)), "workbook_encrypted");
}

}  // namespace
}  // namespace linchpin::tabular
