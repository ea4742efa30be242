#pragma once

// `linchpin import FILE`: the same import as the API's, in this process, beside a server if there
// is one.

#include <string>

namespace linchpin::server {

struct ImportOptions {
  std::string database;
  std::string file;
  std::string object;
  std::string map;      // file with the plan in JSON
  std::string replace;  // "order", or empty
  bool repeat = false;
  std::string errors;  // where the rows that were refused go; empty = nowhere
};

// 0 when the import is done, rows that were refused or not; 1 when it is not.
int import_file(const ImportOptions& options);

}  // namespace linchpin::server
