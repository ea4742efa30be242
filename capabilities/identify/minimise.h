#pragma once

// Finds the least value of a smooth function of a few variables: the downhill simplex of J. A.
// Nelder and R. Mead (1965), begun again until it stands still. Pure arithmetic.

#include <functional>
#include <vector>

namespace linchpin::identify {

// Infinity where the function has no value.
using Objective = std::function<double(const std::vector<double>&)>;

constexpr int max_minimise_steps = 4'000;

struct Minimum {
  std::vector<double> point;
  double value = 0;
  int steps = 0;
  bool converged = false;
};

Minimum minimise(const Objective& objective, std::vector<double> start);

// Of parameters at a minimum of a negative log-likelihood, from the inverse of its curvature; empty
// where the curvature says nothing: the function is flat there or no minimum.
std::vector<double> standard_errors(const Objective& objective, const std::vector<double>& point);

}  // namespace linchpin::identify
