#pragma once

// The buying history of customers in the figures that purchase models are fitted to, after P. S.
// Fader, B. G. S. Hardie and K. L. Lee, "Counting Your Customers" the Easy Way (2005): one purchase
// for each day with at least one line of a positive quantity. Pure arithmetic.

#include <cstdint>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"
#include "base/id.h"
#include "records/facts.h"

namespace linchpin::identify {

constexpr double days_per_week = 7;

struct PurchaseDay {
  RecordId account;
  Day day = 0;
  Units spend = 0;
};

// Times in weeks.
struct Buyer {
  RecordId account;
  std::int64_t repeats = 0;  // x: purchase days after the first
  double last = 0;           // t_x: from the first purchase to the last
  double observed = 0;       // T: from the first purchase to the last day of the window
  Units spend = 0;           // over all purchase days
  Units repeat_spend = 0;    // over the purchase days after the first

  // Of a repeated purchase day, in units; 0 without one.
  double mean_spend() const;
};

// `days` in order of accounts and days. What lies outside of the window is left out.
std::vector<Buyer> buyers_of(const std::vector<PurchaseDay>& days, records::Window window);

}  // namespace linchpin::identify
