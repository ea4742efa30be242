#pragma once

// How often customers buy and whether they still do. BG/NBD after Fader, Hardie and Lee (2005):
// purchases are Poisson with gamma-distributed rates (r, alpha), and after each one the customer
// drops out with a beta-distributed probability (a, b). NBD is the same without dropping out
// (A. S. C. Ehrenberg, 1959). Maximum likelihood on the logarithms of the parameters.

#include <optional>
#include <string_view>
#include <vector>

#include "identify/purchases.h"

namespace linchpin::identify {

enum class LifetimeStatus {
  ok,
  no_dropout,       // the data do not say when customers drop out: NBD, and nobody's p_alive
  too_little_data,  // no figures at all
};
std::string_view status_name(LifetimeStatus status);

enum class PurchaseModel { bgnbd, nbd };
std::string_view model_name(PurchaseModel model);

struct PurchaseParameters {
  double r = 0;
  double alpha = 0;
  double a = 0;  // a and b of BG/NBD only
  double b = 0;
};

constexpr std::size_t min_buyers = 50;
constexpr std::size_t min_repeat_buyers = 20;
// More are thinned out evenly before the fit; the rows are made for all.
constexpr std::size_t max_fitted_buyers = 50'000;
// Of the logarithm of a parameter: beyond it the parameter is as good as unknown.
constexpr double max_log_error = 1.0;

struct PurchaseFit {
  LifetimeStatus status = LifetimeStatus::too_little_data;
  PurchaseModel model = PurchaseModel::nbd;
  PurchaseParameters parameters;
  PurchaseParameters standard_errors;
  double log_likelihood = 0;
  bool converged = false;
  int steps = 0;
  std::size_t customers = 0;      // given
  std::size_t fitted = 0;         // used for the fit
  std::size_t repeat_buyers = 0;  // of the given ones
};

PurchaseFit fit_purchases(const std::vector<Buyer>& buyers);

double log_likelihood(PurchaseModel model, const PurchaseParameters& parameters,
                      const std::vector<Buyer>& buyers);

// That the customer has not dropped out; known to BG/NBD only.
std::optional<double> p_alive(const PurchaseFit& fit, const Buyer& buyer);
// Expected purchase days within `weeks` after the window.
double expected_purchases(const PurchaseFit& fit, const Buyer& buyer, double weeks);

}  // namespace linchpin::identify
