#pragma once

// Pseudo-random numbers that are the same on every machine and in every build (splitmix64), so that
// one seed always gives one company. Not for secrets.

#include <cassert>
#include <cstdint>
#include <iterator>
#include <string_view>
#include <utility>

namespace linchpin::demo {

class Random {
 public:
  // Parts of the company draw from streams of their own: one that draws more does not shift others.
  Random(std::uint64_t seed, std::string_view stream) : state_(seed) {
    for (const char letter : stream) state_ = (state_ ^ static_cast<unsigned char>(letter)) * prime;
    next();
  }

  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
    return mixed ^ (mixed >> 31);
  }

  // In [0, count).
  int below(int count) {
    assert(count > 0);
    const auto wide = static_cast<unsigned __int128>(next()) * static_cast<unsigned>(count);
    return static_cast<int>(wide >> 64);
  }
  // In [low, high].
  int between(int low, int high) { return low + below(high - low + 1); }
  // In [0, 1).
  double unit() { return static_cast<double>(next() >> 11) * 0x1p-53; }
  double uniform(double low, double high) { return low + (high - low) * unit(); }
  bool chance(double probability) { return unit() < probability; }

  // Nearly normal, mean 0, deviation 1, within ±6.
  double normal() {
    double sum = -6.0;
    for (int i = 0; i < 12; ++i) sum += unit();
    return sum;
  }

  template <class List>
  const auto& pick(const List& list) {
    return list[static_cast<std::size_t>(below(static_cast<int>(std::size(list))))];
  }
  // The index of a weight, drawn in proportion to the weights. Their sum is positive.
  template <class Weights>
  int pick_weighted(const Weights& weights) {
    double sum = 0;
    for (const double weight : weights) sum += weight;
    double rest = unit() * sum;
    int index = 0;
    int last = 0;
    for (const double weight : weights) {
      if (weight > 0) last = index;
      if (weight > 0 && rest < weight) return index;
      rest -= weight;
      ++index;
    }
    return last;
  }
  template <class List>
  void shuffle(List& list) {
    for (auto i = static_cast<int>(std::size(list)) - 1; i > 0; --i) {
      std::swap(list[static_cast<std::size_t>(i)], list[static_cast<std::size_t>(below(i + 1))]);
    }
  }

 private:
  static constexpr std::uint64_t prime = 0x100000001B3;
  std::uint64_t state_;
};

}  // namespace linchpin::demo
