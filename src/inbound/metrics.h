#pragma once

// What the server counts about itself, in the text form that Prometheus reads.

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace linchpin::inbound {

// Answers of one route: how many with which status, and how long they took.
class RouteMetrics {
 public:
  static constexpr std::array<double, 11> bucket_seconds{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025,
                                                         0.1,    0.25,  1,      2.5,   10};

  void add(int status, std::chrono::microseconds duration);
  // Nothing when the route was never asked. The figures of one name must stand together, so the
  // two families are written apart.
  void write_counts(std::string& out, std::string_view labels) const;
  void write_times(std::string& out, std::string_view labels) const;

 private:
  mutable std::mutex mutex_;
  std::map<int, std::int64_t> statuses_;
  std::array<std::int64_t, bucket_seconds.size() + 1> buckets_{};
  std::int64_t microseconds_ = 0;
};

enum class MetricKind { counter, gauge };

// One figure without labels, with its two comment lines.
void write_metric(std::string& out, std::string_view name, MetricKind kind, std::string_view help,
                  std::int64_t value);

// The comment lines before what RouteMetrics writes.
void write_counts_head(std::string& out);
void write_times_head(std::string& out);

// 0 when the system does not tell.
std::int64_t resident_memory_bytes();

}  // namespace linchpin::inbound
