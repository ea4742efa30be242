#pragma once

// Lifetime value: expected purchases times expected spend, month by month, discounted; and how well
// such a forecast would have done against plain past sales. Pure arithmetic.

#include <optional>
#include <vector>

#include "identify/purchase_model.h"
#include "identify/spend_model.h"

namespace linchpin::identify {

constexpr double yearly_discount = 0.10;
constexpr double weeks_per_month = 365.25 / 12 / days_per_week;

// Somebody who bought again and has gone silent for his ways is at risk. Where the model knows when
// customers drop out: if he is more likely gone than not. Otherwise: if he has been silent for so
// many times his usual interval between purchase days.
constexpr double least_alive = 0.5;
constexpr double silent_intervals = 3;
constexpr std::int64_t min_risk_repeats = 2;  // fewer show no usual interval

struct LifetimeRow {
  Buyer buyer;
  std::optional<double> p_alive;   // BG/NBD only
  std::optional<double> expected;  // purchase days within the horizon
  std::optional<double> value;     // discounted, in whole money; needs the spend model

  double silent_weeks() const { return buyer.observed - buyer.last; }
  std::optional<double> usual_weeks() const;  // none for who bought once
  bool at_risk() const;
};

struct Lifetime {
  PurchaseFit purchases;
  std::optional<SpendFit> spend;
  // The highest value first; without values, the most expected purchases; then by id.
  std::vector<LifetimeRow> rows;

  std::size_t at_risk() const;
};

Lifetime lifetime_of(const std::vector<Buyer>& buyers, int horizon_months, int scale);

// How two forecasts made at `split` would have done in the rest of the window. Past sales go on as
// they were: purchase days as often, the order of customers by what they had spent.
struct HoldOut {
  std::size_t customers = 0;  // who bought before the split
  PurchaseFit fit;            // to what lies before the split; the model's figures need its status
  double actual = 0;          // purchase days per customer behind the split
  double model_error = 0;     // mean of |forecast − actual| purchase days per customer
  double past_error = 0;
  // Share of the spend behind the split that the first fifth of each order makes.
  double model_top20 = 0;
  double past_top20 = 0;
};

HoldOut hold_out(const std::vector<PurchaseDay>& days, records::Window window, Day split,
                 int scale);

}  // namespace linchpin::identify
