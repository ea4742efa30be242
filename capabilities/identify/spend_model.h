#pragma once

// What a purchase of a customer brings: Gamma-Gamma after P. S. Fader and B. G. S. Hardie (2013).
// A customer's mean over few purchases says little, so it is drawn towards everybody's.

#include <optional>
#include <vector>

#include "identify/purchases.h"

namespace linchpin::identify {

constexpr std::size_t min_spenders = 20;

// gamma is in whole money: units of 10^-scale are divided out.
struct SpendFit {
  double p = 0;
  double q = 0;
  double gamma = 0;
  double log_likelihood = 0;
  std::size_t customers = 0;  // with repeated purchases and a positive mean
};

// Nothing where there are too few, or where no mean follows from the fit (q ≤ 1).
std::optional<SpendFit> fit_spend(const std::vector<Buyer>& buyers, int scale);

// The expected spend of a purchase day in whole money; everybody's mean for who never came back.
double expected_spend(const SpendFit& fit, const Buyer& buyer, int scale);

}  // namespace linchpin::identify
