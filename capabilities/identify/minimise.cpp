#include "identify/minimise.h"

#include <algorithm>
#include <cmath>

namespace linchpin::identify {

namespace {

using Coordinates = std::vector<double>;

constexpr double first_edge = 0.5;
constexpr double value_tolerance = 1e-10;  // of the value
constexpr double point_tolerance = 1e-6;
constexpr double curvature_step = 1e-3;
constexpr int max_rounds = 8;

struct Corner {
  Coordinates point;
  double value = 0;
};

// from + factor · (to − from)
Coordinates between(const Coordinates& from, const Coordinates& to, double factor) {
  Coordinates point(from.size());
  for (std::size_t i = 0; i < from.size(); ++i) point[i] = from[i] + factor * (to[i] - from[i]);
  return point;
}

class Simplex {
 public:
  Simplex(const Objective& objective, const Corner& start) : objective_(objective) {
    corners_.push_back(start);
    for (std::size_t i = 0; i < start.point.size(); ++i) {
      Coordinates point = start.point;
      point[i] += first_edge;
      corners_.push_back(at(std::move(point)));
    }
    sort();
  }

  const Corner& best() const { return corners_.front(); }

  bool is_small() const {
    const Corner& worst = corners_.back();
    if (!(worst.value - best().value <= value_tolerance * (1 + std::abs(best().value)))) {
      return false;
    }
    double size = 0;
    for (const Corner& corner : corners_) {
      for (std::size_t i = 0; i < corner.point.size(); ++i) {
        size = std::max(size, std::abs(corner.point[i] - best().point[i]));
      }
    }
    return size <= point_tolerance;
  }

  void step() {
    const Coordinates middle = middle_of_better();
    const Corner worst = corners_.back();
    const double second = corners_[corners_.size() - 2].value;
    const Corner reflected = at(between(middle, worst.point, -1));
    if (reflected.value < best().value) {
      const Corner further = at(between(middle, worst.point, -2));
      corners_.back() = further.value < reflected.value ? further : reflected;
    } else if (reflected.value < second) {
      corners_.back() = reflected;
    } else {
      const bool outside = reflected.value < worst.value;
      const Corner nearer = at(between(middle, worst.point, outside ? -0.5 : 0.5));
      if (nearer.value < std::min(reflected.value, worst.value)) {
        corners_.back() = nearer;
      } else {
        shrink();
      }
    }
    sort();
  }

 private:
  Corner at(Coordinates point) const {
    const double value = objective_(point);
    return {std::move(point), std::isnan(value) ? HUGE_VAL : value};
  }

  Coordinates middle_of_better() const {
    Coordinates middle(best().point.size(), 0);
    const auto count = static_cast<double>(corners_.size() - 1);
    for (std::size_t c = 0; c + 1 < corners_.size(); ++c) {
      for (std::size_t i = 0; i < middle.size(); ++i) middle[i] += corners_[c].point[i] / count;
    }
    return middle;
  }

  void shrink() {
    for (std::size_t c = 1; c < corners_.size(); ++c) {
      corners_[c] = at(between(best().point, corners_[c].point, 0.5));
    }
  }

  void sort() {
    std::stable_sort(corners_.begin(), corners_.end(), [](const Corner& left, const Corner& right) {
      return left.value < right.value;
    });
  }

  const Objective& objective_;
  std::vector<Corner> corners_;
};

using Matrix = std::vector<Coordinates>;

Matrix curvature(const Objective& objective, const Coordinates& point) {
  const std::size_t n = point.size();
  Matrix matrix(n, Coordinates(n, 0));
  const auto moved = [&](std::size_t i, double by_i, std::size_t j, double by_j) {
    Coordinates there = point;
    there[i] += by_i * curvature_step;
    there[j] += by_j * curvature_step;
    return objective(there);
  };
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      const double bent =
          moved(i, 1, j, 1) - moved(i, 1, j, -1) - moved(i, -1, j, 1) + moved(i, -1, j, -1);
      matrix[i][j] = matrix[j][i] = bent / (4 * curvature_step * curvature_step);
    }
  }
  return matrix;
}

// The lower triangle L with L·Lᵀ = matrix; empty where the matrix is not positive definite.
Matrix triangle_of(const Matrix& matrix) {
  const std::size_t n = matrix.size();
  Matrix lower(n, Coordinates(n, 0));
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      double rest = matrix[i][j];
      for (std::size_t k = 0; k < j; ++k) rest -= lower[i][k] * lower[j][k];
      if (i != j) {
        lower[i][j] = rest / lower[j][j];
      } else if (rest > 0) {
        lower[i][i] = std::sqrt(rest);
      } else {
        return {};
      }
    }
  }
  return lower;
}

}  // namespace

Minimum minimise(const Objective& objective, std::vector<double> start) {
  Corner best{std::move(start), 0};
  best.value = objective(best.point);
  Minimum minimum;
  for (int round = 0; round < max_rounds && !minimum.converged; ++round) {
    Simplex simplex(objective, best);
    while (!simplex.is_small() && minimum.steps < max_minimise_steps) {
      simplex.step();
      ++minimum.steps;
    }
    const double gained = best.value - simplex.best().value;
    best = simplex.best();
    minimum.converged = simplex.is_small() && std::isfinite(best.value) &&
                        gained <= value_tolerance * (1 + std::abs(best.value)) * 100;
    if (minimum.steps >= max_minimise_steps) break;
  }
  minimum.point = best.point;
  minimum.value = best.value;
  return minimum;
}

std::vector<double> standard_errors(const Objective& objective, const std::vector<double>& point) {
  const std::size_t n = point.size();
  const Matrix lower = triangle_of(curvature(objective, point));
  if (lower.empty()) return {};
  // The diagonal of the inverse: Σ of squares of the columns of L⁻¹.
  std::vector<double> errors(n, 0);
  for (std::size_t column = 0; column < n; ++column) {
    Coordinates solved(n, 0);
    for (std::size_t i = column; i < n; ++i) {
      double rest = i == column ? 1 : 0;
      for (std::size_t k = column; k < i; ++k) rest -= lower[i][k] * solved[k];
      solved[i] = rest / lower[i][i];
    }
    for (std::size_t i = column; i < n; ++i) errors[column] += solved[i] * solved[i];
  }
  for (double& error : errors) error = std::sqrt(error);
  const bool finite =
      std::all_of(errors.begin(), errors.end(), [](double error) { return std::isfinite(error); });
  return finite ? errors : std::vector<double>();
}

}  // namespace linchpin::identify
