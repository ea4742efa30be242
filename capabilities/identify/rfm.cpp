#include "identify/rfm.h"

#include <algorithm>

namespace linchpin::identify {

namespace {

template <class Figure>
void set_buckets(std::vector<RfmRow>& rows, int RfmRow::*bucket, Figure figure) {
  std::vector<std::int64_t> sorted;
  sorted.reserve(rows.size());
  for (const RfmRow& row : rows) sorted.push_back(figure(row));
  std::sort(sorted.begin(), sorted.end());
  const auto count = static_cast<std::int64_t>(rows.size());
  for (RfmRow& row : rows) {
    const auto worse = std::lower_bound(sorted.begin(), sorted.end(), figure(row)) - sorted.begin();
    row.*bucket = 1 + static_cast<int>(rfm_buckets * worse / count);
  }
}

int sum_of_buckets(const RfmRow& row) {
  return row.recency_bucket + row.frequency_bucket + row.monetary_bucket;
}

bool stands_before(const RfmRow& left, const RfmRow& right) {
  const int left_sum = sum_of_buckets(left);
  const int right_sum = sum_of_buckets(right);
  if (left_sum != right_sum) return left_sum > right_sum;
  if (left.monetary != right.monetary) return left.monetary > right.monetary;
  return left.account < right.account;
}

std::size_t place(int bucket) {
  return static_cast<std::size_t>(bucket) - 1;
}

}  // namespace

Rfm rfm_of(const std::vector<RfmInput>& customers, Day as_of) {
  Rfm rfm;
  rfm.rows.reserve(customers.size());
  for (const RfmInput& customer : customers) {
    RfmRow row;
    row.account = customer.account;
    row.recency_days = as_of - customer.last_order;
    row.frequency = customer.orders;
    row.monetary = customer.net_sales;
    rfm.rows.push_back(row);
  }
  set_buckets(rfm.rows, &RfmRow::recency_bucket,
              [](const RfmRow& row) { return -row.recency_days; });
  set_buckets(rfm.rows, &RfmRow::frequency_bucket, [](const RfmRow& row) { return row.frequency; });
  set_buckets(rfm.rows, &RfmRow::monetary_bucket, [](const RfmRow& row) { return row.monetary; });
  std::sort(rfm.rows.begin(), rfm.rows.end(), stands_before);
  for (const RfmRow& row : rfm.rows) {
    ++rfm.cells[place(row.recency_bucket)][place(row.frequency_bucket)][place(row.monetary_bucket)];
  }
  return rfm;
}

}  // namespace linchpin::identify
