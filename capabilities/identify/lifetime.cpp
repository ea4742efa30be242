#include "identify/lifetime.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace linchpin::identify {

namespace {

std::optional<double> discounted_value(const Lifetime& lifetime, const Buyer& buyer, int months,
                                       int scale) {
  if (!lifetime.spend) return std::nullopt;
  double value = 0;
  double before = 0;
  for (int month = 1; month <= months; ++month) {
    const double until = expected_purchases(lifetime.purchases, buyer, month * weeks_per_month);
    value += (until - before) * std::pow(1 + yearly_discount, -month / 12.0);
    before = until;
  }
  return value * expected_spend(*lifetime.spend, buyer, scale);
}

bool is_worth_more(const LifetimeRow& left, const LifetimeRow& right) {
  if (left.value != right.value) return left.value > right.value;
  if (left.expected != right.expected) return left.expected > right.expected;
  return left.buyer.account < right.buyer.account;
}

struct Behind {
  double purchases = 0;
  double spend = 0;
};
using BehindByAccount = std::unordered_map<std::int64_t, Behind>;

BehindByAccount behind_split(const std::vector<PurchaseDay>& days, records::Window window,
                             Day split) {
  BehindByAccount behind;
  for (const PurchaseDay& day : days) {
    if (day.day < split || day.day >= window.to) continue;
    Behind& sums = behind[day.account.value];
    ++sums.purchases;
    sums.spend += static_cast<double>(day.spend);
  }
  return behind;
}

// Forecast of one customer, by which customers are put in order, and what came of it.
struct Ordered {
  double forecast = 0;
  RecordId account;
  double spend = 0;
};

double top_fifth_share(std::vector<Ordered> customers) {
  std::sort(customers.begin(), customers.end(), [](const Ordered& left, const Ordered& right) {
    if (left.forecast != right.forecast) return left.forecast > right.forecast;
    return left.account < right.account;
  });
  const std::size_t first = (customers.size() + 4) / 5;
  double top = 0;
  double all = 0;
  for (std::size_t i = 0; i < customers.size(); ++i) {
    all += customers[i].spend;
    if (i < first) top += customers[i].spend;
  }
  return all > 0 ? top / all : 0;
}

double mean_spend_of(const Buyer& buyer) {
  return static_cast<double>(buyer.spend) / static_cast<double>(buyer.repeats + 1);
}

}  // namespace

std::optional<double> LifetimeRow::usual_weeks() const {
  if (buyer.repeats == 0) return std::nullopt;
  return buyer.last / static_cast<double>(buyer.repeats);
}

bool LifetimeRow::at_risk() const {
  if (p_alive) return *p_alive < least_alive;
  return buyer.repeats >= min_risk_repeats && silent_weeks() > silent_intervals * *usual_weeks();
}

std::size_t Lifetime::at_risk() const {
  return static_cast<std::size_t>(std::count_if(
      rows.begin(), rows.end(), [](const LifetimeRow& row) { return row.at_risk(); }));
}

Lifetime lifetime_of(const std::vector<Buyer>& buyers, int horizon_months, int scale) {
  Lifetime lifetime;
  lifetime.purchases = fit_purchases(buyers);
  const bool known = lifetime.purchases.status != LifetimeStatus::too_little_data;
  if (known) lifetime.spend = fit_spend(buyers, scale);
  lifetime.rows.reserve(buyers.size());
  for (const Buyer& buyer : buyers) {
    LifetimeRow row{buyer, p_alive(lifetime.purchases, buyer), std::nullopt, std::nullopt};
    if (known) {
      const double weeks = horizon_months * weeks_per_month;
      row.expected = expected_purchases(lifetime.purchases, buyer, weeks);
      row.value = discounted_value(lifetime, buyer, horizon_months, scale);
    }
    lifetime.rows.push_back(row);
  }
  std::sort(lifetime.rows.begin(), lifetime.rows.end(), is_worth_more);
  return lifetime;
}

HoldOut hold_out(const std::vector<PurchaseDay>& days, records::Window window, Day split,
                 int scale) {
  const std::vector<Buyer> buyers = buyers_of(days, {window.from, split});
  const BehindByAccount behind = behind_split(days, window, split);
  HoldOut out;
  out.customers = buyers.size();
  out.fit = fit_purchases(buyers);
  if (buyers.empty()) return out;
  const bool known = out.fit.status != LifetimeStatus::too_little_data;
  const auto spend = known ? fit_spend(buyers, scale) : std::nullopt;
  const double weeks = (window.to - split) / days_per_week;
  const double weeks_before = (split - window.from) / days_per_week;
  std::vector<Ordered> by_model;
  std::vector<Ordered> by_past;
  for (const Buyer& buyer : buyers) {
    const auto found = behind.find(buyer.account.value);
    const Behind actual = found == behind.end() ? Behind() : found->second;
    const double past = static_cast<double>(buyer.repeats + 1) / weeks_before * weeks;
    out.actual += actual.purchases;
    out.past_error += std::abs(past - actual.purchases);
    by_past.push_back({static_cast<double>(buyer.spend), buyer.account, actual.spend});
    if (!known) continue;
    const double forecast = expected_purchases(out.fit, buyer, weeks);
    out.model_error += std::abs(forecast - actual.purchases);
    const double each = spend ? expected_spend(*spend, buyer, scale) : mean_spend_of(buyer);
    by_model.push_back({forecast * each, buyer.account, actual.spend});
  }
  const auto count = static_cast<double>(buyers.size());
  out.actual /= count;
  out.past_error /= count;
  out.model_error /= count;
  out.past_top20 = top_fifth_share(std::move(by_past));
  out.model_top20 = top_fifth_share(std::move(by_model));
  return out;
}

}  // namespace linchpin::identify
