#include "inbound/metrics.h"

#include <fmt/format.h>
#include <unistd.h>

#include <charconv>
#include <iterator>

#include "base/files.h"

namespace linchpin::inbound {
namespace {

constexpr double microseconds_per_second = 1e6;

}  // namespace

void RouteMetrics::add(int status, std::chrono::microseconds duration) {
  const double seconds = static_cast<double>(duration.count()) / microseconds_per_second;
  std::size_t bucket = 0;
  while (bucket < bucket_seconds.size() && seconds > bucket_seconds[bucket]) ++bucket;
  const std::lock_guard lock(mutex_);
  ++statuses_[status];
  ++buckets_[bucket];
  microseconds_ += duration.count();
}

void RouteMetrics::write_counts(std::string& out, std::string_view labels) const {
  const std::lock_guard lock(mutex_);
  for (const auto& [status, count] : statuses_) {
    fmt::format_to(std::back_inserter(out), "linchpin_http_requests_total{{{},status=\"{}\"}} {}\n",
                   labels, status, count);
  }
}

void RouteMetrics::write_times(std::string& out, std::string_view labels) const {
  const std::lock_guard lock(mutex_);
  if (statuses_.empty()) return;
  auto end = std::back_inserter(out);
  std::int64_t count = 0;
  for (std::size_t i = 0; i < bucket_seconds.size(); ++i) {
    count += buckets_[i];
    fmt::format_to(end, "linchpin_http_request_seconds_bucket{{{},le=\"{}\"}} {}\n", labels,
                   bucket_seconds[i], count);
  }
  count += buckets_.back();
  fmt::format_to(end, "linchpin_http_request_seconds_bucket{{{},le=\"+Inf\"}} {}\n", labels, count);
  fmt::format_to(end, "linchpin_http_request_seconds_sum{{{}}} {}\n", labels,
                 static_cast<double>(microseconds_) / microseconds_per_second);
  fmt::format_to(end, "linchpin_http_request_seconds_count{{{}}} {}\n", labels, count);
}

void write_metric(std::string& out, std::string_view name, MetricKind kind, std::string_view help,
                  std::int64_t value) {
  fmt::format_to(std::back_inserter(out), "# HELP {0} {1}\n# TYPE {0} {2}\n{0} {3}\n", name, help,
                 kind == MetricKind::counter ? "counter" : "gauge", value);
}

void write_counts_head(std::string& out) {
  out +=
      "# HELP linchpin_http_requests_total Answers by route and status.\n"
      "# TYPE linchpin_http_requests_total counter\n";
}

void write_times_head(std::string& out) {
  out +=
      "# HELP linchpin_http_request_seconds Time from the whole request to the whole answer.\n"
      "# TYPE linchpin_http_request_seconds histogram\n";
}

std::int64_t resident_memory_bytes() {
  const Result<std::string> statm = read_file("/proc/self/statm");
  if (!statm) return 0;
  const std::size_t blank = statm->find(' ');
  if (blank == std::string::npos) return 0;
  std::int64_t pages = 0;
  std::from_chars(statm->data() + blank + 1, statm->data() + statm->size(), pages);
  return pages * ::sysconf(_SC_PAGESIZE);
}

}  // namespace linchpin::inbound
