#include "report.h"

#include <cstdio>

namespace linchpin::load {

void Report::begin(const std::string& title) {
  before_ = std::move(now_);
  now_.clear();
  std::printf("\n%s\n%-36s %13s %9s %6s %7s  %s\n", title.c_str(), "measurement", "product", "bare",
              "ratio", "growth", "goal");
}

void Report::row(const std::string& name, double product, double bare, const char* unit,
                 const char* goal) {
  char ratio[16] = "-";
  char growth[16] = "-";
  if (bare > 0) std::snprintf(ratio, sizeof ratio, "%.2f", product / bare);
  const auto earlier = before_.find(name);
  if (earlier != before_.end() && product > 0) {
    std::snprintf(growth, sizeof growth, "%.2f", earlier->second / product);
  }
  std::printf("%-36s %10.4g %-2s %9.4g %6s %7s  %s\n", name.c_str(), product, unit, bare, ratio,
              growth, goal);
  std::fflush(stdout);
}

Status Report::rate(const std::string& name, const LoadResult& result, double bare,
                    const char* goal) {
  if (result.failed > 0) return Error::internal(name + ": requests failed");
  row(name, result.per_second(), bare, "/s", goal);
  now_[name] = result.per_second();
  std::printf("%36s median %.2f ms, p99 %.2f ms\n", "", result.median_ms, result.p99_ms);
  return {};
}

}  // namespace linchpin::load
