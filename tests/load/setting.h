#pragma once

#include <string>

#include "dataset.h"

namespace linchpin::load {

// One run on one database of one size.
struct Setting {
  std::string program;
  std::string source_folder;
  std::string database;
  DatasetSize size;
  double seconds = 3;
  std::string only;  // one measurement

  bool on_sqlite() const { return database.rfind("sqlite:", 0) == 0; }
  bool wants(const char* name) const { return only.empty() || only == name; }
};

inline constexpr const char* bench_login = "bench";
inline constexpr int load_connections = 32;

}  // namespace linchpin::load
