#pragma once

// The table that script/bench prints.

#include <map>
#include <string>

#include "base/result.h"
#include "load_client.h"

namespace linchpin::load {

class Report {
 public:
  // Begins the part of one size; what the same measurement reached in the part before stands beside
  // it as growth: so many times quicker was the smaller database.
  void begin(const std::string& title);
  void row(const std::string& name, double product, double bare, const char* unit,
           const char* goal);
  // Requests a second. Error: a request failed.
  Status rate(const std::string& name, const LoadResult& result, double bare, const char* goal);

 private:
  std::map<std::string, double> before_;
  std::map<std::string, double> now_;
};

}  // namespace linchpin::load
