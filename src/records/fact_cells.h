#pragma once

// The cells of one grain of a fact while they are summed up: a flat table without an allocation per
// cell, because a slice of an import touches thousands of them.

#include <array>
#include <cstdint>
#include <vector>

namespace linchpin::records {

constexpr std::size_t max_fact_measures = 8;

struct FactSums {
  std::int64_t lines = 0;
  std::array<std::int64_t, max_fact_measures> measures{};  // in the order of Fact::measures
};

struct FactCell {
  std::int64_t period = 0;
  std::int64_t key = 0;
  std::int64_t item = 0;
  auto operator<=>(const FactCell&) const = default;
};

class FactCells {
 public:
  struct Entry {
    FactCell cell;
    FactSums sums;
  };

  // Valid until the next call.
  FactSums& at(const FactCell& cell);
  bool empty() const { return entries_.empty(); }
  // In the order of cells, which is that of their table. Only clear() may follow.
  const std::vector<Entry>& sorted();
  void clear();

 private:
  std::size_t find(const FactCell& cell) const;
  void grow();

  std::vector<Entry> entries_;
  std::vector<std::uint32_t> places_;  // in entries_, from 1; 0 = free
  std::size_t last_ = SIZE_MAX;        // lines of one order follow each other
};

}  // namespace linchpin::records
