#pragma once

// RFM: how lately, how often and for how much customers bought, each in fifths by rank. Pure
// arithmetic.

#include <array>
#include <cstdint>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"
#include "base/id.h"

namespace linchpin::identify {

constexpr int rfm_buckets = 5;

// A customer with at least one order that has a positive line.
struct RfmInput {
  RecordId account;
  Day last_order = 0;
  std::int64_t orders = 0;
  Units net_sales = 0;
};

struct RfmRow {
  RecordId account;
  std::int64_t recency_days = 0;  // from the last positive order to the as-of date
  std::int64_t frequency = 0;
  Units monetary = 0;
  // 1 worst to 5 best: 1 + ⌊5 · (number strictly worse) / n⌋, so that equals share a bucket.
  int recency_bucket = 0;
  int frequency_bucket = 0;
  int monetary_bucket = 0;
};

struct Rfm {
  // The best sum of buckets first, then by monetary, then by id.
  std::vector<RfmRow> rows;
  // Customers by [recency][frequency][monetary] bucket, each from 0.
  std::array<std::array<std::array<std::int64_t, rfm_buckets>, rfm_buckets>, rfm_buckets> cells{};
};

Rfm rfm_of(const std::vector<RfmInput>& customers, Day as_of);

}  // namespace linchpin::identify
