#include "inbound/metrics.h"

#include <gtest/gtest.h>

namespace linchpin::inbound {
namespace {

bool has_line(const std::string& text, const std::string& line) {
  return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

TEST(Metrics, CountsAnswersAndTheirTimes) {
  RouteMetrics metrics;
  metrics.add(200, std::chrono::microseconds(400));
  metrics.add(200, std::chrono::microseconds(600));
  metrics.add(404, std::chrono::seconds(20));
  std::string counts;
  metrics.write_counts(counts, "route=\"/x\"");
  EXPECT_TRUE(has_line(counts, "linchpin_http_requests_total{route=\"/x\",status=\"200\"} 2"));
  EXPECT_TRUE(has_line(counts, "linchpin_http_requests_total{route=\"/x\",status=\"404\"} 1"));
  std::string times;
  metrics.write_times(times, "route=\"/x\"");
  EXPECT_TRUE(
      has_line(times, "linchpin_http_request_seconds_bucket{route=\"/x\",le=\"0.0005\"} 1"));
  EXPECT_TRUE(has_line(times, "linchpin_http_request_seconds_bucket{route=\"/x\",le=\"10\"} 2"));
  EXPECT_TRUE(has_line(times, "linchpin_http_request_seconds_bucket{route=\"/x\",le=\"+Inf\"} 3"));
  EXPECT_TRUE(has_line(times, "linchpin_http_request_seconds_sum{route=\"/x\"} 20.001"));
  EXPECT_TRUE(has_line(times, "linchpin_http_request_seconds_count{route=\"/x\"} 3"));
}

TEST(Metrics, ARouteThatNobodyAskedIsLeftOut) {
  std::string text;
  RouteMetrics().write_counts(text, "");
  RouteMetrics().write_times(text, "");
  EXPECT_EQ(text, "");
}

TEST(Metrics, AFigureHasItsTypeAndHelp) {
  std::string text;
  write_metric(text, "linchpin_writes_total", MetricKind::counter, "Writes.", 7);
  EXPECT_EQ(text,
            "# HELP linchpin_writes_total Writes.\n# TYPE linchpin_writes_total counter\n"
            "linchpin_writes_total 7\n");
}

TEST(Metrics, KnowsItsMemory) {
  EXPECT_GT(resident_memory_bytes(), 1 << 20);
}

}  // namespace
}  // namespace linchpin::inbound
