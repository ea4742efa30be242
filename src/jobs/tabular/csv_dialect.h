#pragma once

// How the cells and lines of a CSV file are parted.

#include <string_view>

namespace linchpin::tabular {

struct CsvDialect {
  char delimiter = ',';
  char line_end = '\n';  // '\r' only where lines end with nothing else; CRLF counts as '\n'
};

// From the beginning of the text: the delimiter that most of the first lines have equally often,
// outside of quotes.
CsvDialect guess_dialect(std::string_view head);

}  // namespace linchpin::tabular
