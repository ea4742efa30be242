#include "identify/purchase_model.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "identify/minimise.h"

namespace linchpin::identify {

namespace {

constexpr double max_log_parameter = 12;  // e^12 ≈ 160,000 is beyond any that means something
constexpr int max_series_terms = 10'000;
constexpr double series_tolerance = 1e-15;

double log_gamma(double x) {
  int sign = 0;
  return ::lgamma_r(x, &sign);
}

double log_beta(double a, double b) {
  return log_gamma(a) + log_gamma(b) - log_gamma(a + b);
}

// What those with the same number of purchases have in common, worked out once.
class Likelihood {
 public:
  Likelihood(PurchaseModel model, const PurchaseParameters& parameters)
      : drops_out_(model == PurchaseModel::bgnbd), of_(parameters) {}

  double of(const Buyer& buyer) {
    if (buyer.repeats != repeats_) set(buyer.repeats);
    const double stayed = -shape_ * std::log(of_.alpha + buyer.observed);
    if (!drops_out_ || repeats_ == 0) return common_ + stayed;
    const double left = log_odds_ - shape_ * std::log(of_.alpha + buyer.last);
    return common_ + std::max(stayed, left) + std::log1p(std::exp(-std::abs(stayed - left)));
  }

 private:
  void set(std::int64_t repeats) {
    repeats_ = repeats;
    const auto x = static_cast<double>(repeats);
    shape_ = of_.r + x;
    common_ = log_gamma(shape_) - log_gamma(of_.r) + of_.r * std::log(of_.alpha);
    if (!drops_out_) return;
    common_ += log_beta(of_.a, of_.b + x) - log_beta(of_.a, of_.b);
    if (repeats > 0) log_odds_ = std::log(of_.a) - std::log(of_.b + x - 1);
  }

  const bool drops_out_;
  const PurchaseParameters of_;
  std::int64_t repeats_ = -1;
  double shape_ = 0;
  double common_ = 0;
  double log_odds_ = 0;
};

PurchaseParameters parameters_at(const std::vector<double>& logs) {
  PurchaseParameters parameters{std::exp(logs[0]), std::exp(logs[1]), 0, 0};
  if (logs.size() == 4) {
    parameters.a = std::exp(logs[2]);
    parameters.b = std::exp(logs[3]);
  }
  return parameters;
}

Objective objective_of(PurchaseModel model, const std::vector<Buyer>& buyers) {
  return [model, &buyers](const std::vector<double>& logs) {
    for (const double value : logs) {
      if (std::abs(value) > max_log_parameter) return HUGE_VAL;
    }
    return -log_likelihood(model, parameters_at(logs), buyers);
  };
}

// Evenly thinned, those with equally many purchases together.
std::vector<Buyer> fitted_of(const std::vector<Buyer>& buyers) {
  const std::size_t stride = (buyers.size() + max_fitted_buyers - 1) / max_fitted_buyers;
  std::vector<Buyer> fitted;
  for (std::size_t i = 0; i < buyers.size(); i += std::max<std::size_t>(stride, 1)) {
    fitted.push_back(buyers[i]);
  }
  std::stable_sort(fitted.begin(), fitted.end(), [](const Buyer& left, const Buyer& right) {
    return left.repeats < right.repeats;
  });
  return fitted;
}

bool is_known(const std::vector<double>& errors) {
  return !errors.empty() && std::all_of(errors.begin(), errors.end(),
                                        [](double error) { return error <= max_log_error; });
}

// False where the parameters cannot be told from the data.
bool fit_model(PurchaseModel model, const std::vector<Buyer>& buyers, std::vector<double> start,
               PurchaseFit& fit) {
  const Objective objective = objective_of(model, buyers);
  const Minimum minimum = minimise(objective, std::move(start));
  fit.steps += minimum.steps;
  fit.converged = minimum.converged;
  if (!minimum.converged) return false;
  const std::vector<double> errors = standard_errors(objective, minimum.point);
  if (!is_known(errors)) return false;
  fit.model = model;
  fit.parameters = parameters_at(minimum.point);
  fit.standard_errors = {fit.parameters.r * errors[0], fit.parameters.alpha * errors[1], 0, 0};
  if (model == PurchaseModel::bgnbd) {
    fit.standard_errors.a = fit.parameters.a * errors[2];
    fit.standard_errors.b = fit.parameters.b * errors[3];
  }
  fit.log_likelihood = -minimum.value;
  return true;
}

// ₂F₁(a, b; c; z) by its series, for 0 ≤ z < 1 and c > 0.
double hypergeometric(double a, double b, double c, double z) {
  double term = 1;
  double sum = 1;
  for (int k = 0; k < max_series_terms; ++k) {
    term *= (a + k) * (b + k) / ((c + k) * (k + 1)) * z;
    sum += term;
    if (std::abs(term) <= series_tolerance * std::abs(sum)) break;
  }
  return sum;
}

// How the odds stand that the customer left after the last purchase.
double odds_of_leaving(const PurchaseParameters& of, const Buyer& buyer) {
  if (buyer.repeats == 0) return 0;
  const auto x = static_cast<double>(buyer.repeats);
  return of.a / (of.b + x - 1) *
         std::pow((of.alpha + buyer.observed) / (of.alpha + buyer.last), of.r + x);
}

}  // namespace

std::string_view status_name(LifetimeStatus status) {
  static constexpr std::array<std::string_view, 3> names{"ok", "no_dropout", "too_little_data"};
  return names[static_cast<std::size_t>(status)];
}

std::string_view model_name(PurchaseModel model) {
  return model == PurchaseModel::bgnbd ? "bgnbd" : "nbd";
}

double log_likelihood(PurchaseModel model, const PurchaseParameters& parameters,
                      const std::vector<Buyer>& buyers) {
  Likelihood likelihood(model, parameters);
  double sum = 0;
  for (const Buyer& buyer : buyers) sum += likelihood.of(buyer);
  return sum;
}

PurchaseFit fit_purchases(const std::vector<Buyer>& buyers) {
  PurchaseFit fit;
  fit.customers = buyers.size();
  fit.repeat_buyers = static_cast<std::size_t>(std::count_if(
      buyers.begin(), buyers.end(), [](const Buyer& buyer) { return buyer.repeats > 0; }));
  if (fit.customers < min_buyers || fit.repeat_buyers < min_repeat_buyers) return fit;
  const std::vector<Buyer> fitted = fitted_of(buyers);
  fit.fitted = fitted.size();
  double weeks = 0;
  for (const Buyer& buyer : fitted) weeks += buyer.observed;
  const double log_scale = std::log(std::max(weeks / static_cast<double>(fitted.size()), 1.0));
  if (fit_model(PurchaseModel::bgnbd, fitted, {0, log_scale, 0, 0}, fit)) {
    fit.status = LifetimeStatus::ok;
  } else if (fit_model(PurchaseModel::nbd, fitted, {0, log_scale}, fit)) {
    fit.status = LifetimeStatus::no_dropout;
  }
  return fit;
}

std::optional<double> p_alive(const PurchaseFit& fit, const Buyer& buyer) {
  if (fit.status != LifetimeStatus::ok) return std::nullopt;
  return 1 / (1 + odds_of_leaving(fit.parameters, buyer));
}

double expected_purchases(const PurchaseFit& fit, const Buyer& buyer, double weeks) {
  const PurchaseParameters& of = fit.parameters;
  const auto x = static_cast<double>(buyer.repeats);
  const double shape = of.r + x;
  const double known = of.alpha + buyer.observed;
  if (fit.model == PurchaseModel::nbd) return shape / known * weeks;
  // The published form divides by a − 1; at a = 1 its limit is met to many digits close by.
  constexpr double around_one = 1e-6;
  const double a = std::abs(of.a - 1) < around_one ? 1 + around_one : of.a;
  const double z = weeks / (known + weeks);
  // Euler's transformation of ₂F₁(r+x, b+x; a+b+x−1; z): small parameters, so the series is short.
  const double rest =
      std::pow(1 - z, a - 1) * hypergeometric(a + of.b - 1 - of.r, a - 1, a + of.b + x - 1, z);
  return (a + of.b + x - 1) / (a - 1) * (1 - rest) / (1 + odds_of_leaving(of, buyer));
}

}  // namespace linchpin::identify
