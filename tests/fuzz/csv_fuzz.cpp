// A CSV file of any encoding and dialect.

#include "jobs/tabular/csv_reader.h"
#include "jobs/tabular/sheet_layout.h"
#include "table.h"

namespace linchpin::fuzz {

int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  static MemoryFile file;
  file.fill(text_of(data, size));
  read_table(tabular::CsvReader::open(file.path()));
  const auto layout = tabular::find_layout(file.path());
  if (!layout) claim_fault_of_caller(layout.error());
  return 0;
}

}  // namespace linchpin::fuzz
