#include <rapidcheck.h>

#include "jobs/tabular/test_files.h"

namespace linchpin::tabular {
namespace {

struct Dialect {
  char delimiter;
  std::string line_end;
  bool mark;
};

// Pieces that are hard on a reader.
rc::Gen<std::string> cell() {
  const auto piece = rc::gen::element<std::string>("", "a", "7", "重", "\"", "\"\"", ",", ";", "\t",
                                                   "\n", "\r\n", " ", "𠀀", "x y");
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece),
                      [](const std::vector<std::string>& pieces) {
                        std::string text;
                        for (const std::string& part : pieces) text += part;
                        return text;
                      });
}

std::string written(const std::string& text, const Dialect& dialect, bool quote_all) {
  const std::string special = std::string("\"\r\n") + dialect.delimiter;
  if (!quote_all && text.find_first_of(special) == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted.append(c == '"' ? 2 : 1, c);
  return quoted + '"';
}

// A first line of plain names, as every export has, tells the delimiter.
std::string written(const std::vector<Cells>& rows, const Dialect& dialect, bool quote_all) {
  std::string text = dialect.mark ? "\xEF\xBB\xBF" : "";
  for (const Cells& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) text += dialect.delimiter;
      text += written(row[i], dialect, quote_all);
    }
    text += dialect.line_end;
  }
  return text;
}

TEST(CsvProperty, WhatIsWrittenIsReadBack) {
  const bool holds = rc::check("RFC 4180 in each dialect", [] {
    const auto width = *rc::gen::inRange<std::size_t>(2, 6);
    const auto row = rc::gen::container<Cells>(width, cell());
    auto rows = *rc::gen::container<std::vector<Cells>>(row);
    rows.insert(rows.begin(), Cells(width, "name"));
    const bool quote_all = *rc::gen::arbitrary<bool>();
    const Dialect dialect{*rc::gen::element(',', ';', '\t'),
                          *rc::gen::element<std::string>("\n", "\r\n", "\r"),
                          *rc::gen::arbitrary<bool>()};
    const std::string text = written(rows, dialect, true);
    const ReadTable table = read_text(quote_all ? text : written(rows, dialect, false));
    RC_ASSERT(!table.failed);
    RC_ASSERT(table.format.delimiter == dialect.delimiter);
    RC_ASSERT(table.rows == rows);
  });
  EXPECT_TRUE(holds);
}

TEST(CsvProperty, AnyBytesEndInRowsOrAnError) {
  const auto piece = rc::gen::element<std::string>("\"", ",", "\n", "\r", "\xE9", "\x87", "\xFF",
                                                   "\x81", "\x30", "a", "重", "\t", ";", "\xFE");
  const bool holds = rc::check("bytes without order", [&] {
    std::string text;
    for (const std::string& part : *rc::gen::container<std::vector<std::string>>(piece)) {
      text += part;
    }
    const ReadTable table = read_text(text);
    RC_ASSERT(!table.failed || !table.error.detail.empty());
    for (const Cells& row : table.rows) RC_ASSERT(!row.empty());
  });
  EXPECT_TRUE(holds);
}

}  // namespace
}  // namespace linchpin::tabular
