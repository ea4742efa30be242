#include "identify/spend_model.h"

#include <cmath>

#include "identify/minimise.h"

namespace linchpin::identify {

namespace {

constexpr double max_log_spend_parameter = 20;

struct Spender {
  double purchases = 0;
  double mean = 0;
};

double log_gamma_of(double x) {
  int sign = 0;
  return ::lgamma_r(x, &sign);
}

double spend_likelihood(const std::vector<Spender>& spenders, double p, double q, double gamma) {
  double sum = 0;
  for (const Spender& one : spenders) {
    const double px = p * one.purchases;
    sum += log_gamma_of(px + q) - log_gamma_of(px) - log_gamma_of(q) + q * std::log(gamma) +
           (px - 1) * std::log(one.mean) + px * std::log(one.purchases) -
           (px + q) * std::log(gamma + one.mean * one.purchases);
  }
  return sum;
}

double scaled_down(double units, int scale) {
  return units / static_cast<double>(power_of_ten(scale));
}

}  // namespace

std::optional<SpendFit> fit_spend(const std::vector<Buyer>& buyers, int scale) {
  std::vector<Spender> spenders;
  double mean = 0;
  for (const Buyer& buyer : buyers) {
    if (buyer.repeats == 0 || buyer.repeat_spend <= 0) continue;
    spenders.push_back(
        {static_cast<double>(buyer.repeats), scaled_down(buyer.mean_spend(), scale)});
    mean += spenders.back().mean;
  }
  if (spenders.size() < min_spenders) return std::nullopt;
  mean /= static_cast<double>(spenders.size());
  const Objective objective = [&](const std::vector<double>& logs) {
    for (const double value : logs) {
      if (std::abs(value) > max_log_spend_parameter) return HUGE_VAL;
    }
    return -spend_likelihood(spenders, std::exp(logs[0]), std::exp(logs[1]), std::exp(logs[2]));
  };
  const Minimum minimum = minimise(objective, {0.5, 0.5, std::log(mean)});
  if (!minimum.converged || standard_errors(objective, minimum.point).empty()) return std::nullopt;
  SpendFit fit{std::exp(minimum.point[0]), std::exp(minimum.point[1]), std::exp(minimum.point[2]),
               -minimum.value, spenders.size()};
  if (fit.q <= 1) return std::nullopt;
  return fit;
}

double expected_spend(const SpendFit& fit, const Buyer& buyer, int scale) {
  const bool known = buyer.repeats > 0 && buyer.repeat_spend > 0;
  const double px = known ? fit.p * static_cast<double>(buyer.repeats) : 0;
  const double own = known ? scaled_down(static_cast<double>(buyer.repeat_spend), scale) : 0;
  return fit.p * (fit.gamma + own) / (px + fit.q - 1);
}

}  // namespace linchpin::identify
