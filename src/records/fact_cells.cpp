#include "records/fact_cells.h"

#include <algorithm>

namespace linchpin::records {

namespace {

constexpr std::size_t first_places = 256;  // a power of two

std::size_t hash_of(const FactCell& cell) {
  auto hash = static_cast<std::uint64_t>(cell.period) * 0x9E3779B97F4A7C15ULL;
  hash ^= static_cast<std::uint64_t>(cell.key) * 0xC2B2AE3D27D4EB4FULL + (hash >> 29);
  hash ^= static_cast<std::uint64_t>(cell.item) * 0x165667B19E3779F9ULL + (hash >> 31);
  hash *= 0xD6E8FEB86659FD93ULL;
  return hash ^ (hash >> 32);
}

}  // namespace

// The place of the cell, or the free one where it belongs.
std::size_t FactCells::find(const FactCell& cell) const {
  const std::size_t mask = places_.size() - 1;
  std::size_t place = hash_of(cell) & mask;
  while (places_[place] != 0 && entries_[places_[place] - 1].cell != cell) {
    place = (place + 1) & mask;
  }
  return place;
}

void FactCells::grow() {
  places_.assign(std::max(first_places, places_.size() * 2), 0);
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    places_[find(entries_[i].cell)] = static_cast<std::uint32_t>(i + 1);
  }
}

FactSums& FactCells::at(const FactCell& cell) {
  if (last_ < entries_.size() && entries_[last_].cell == cell) return entries_[last_].sums;
  if ((entries_.size() + 1) * 2 > places_.size()) grow();
  const std::size_t place = find(cell);
  if (places_[place] == 0) {
    entries_.push_back({cell, {}});
    places_[place] = static_cast<std::uint32_t>(entries_.size());
  }
  last_ = places_[place] - 1;
  return entries_[last_].sums;
}

const std::vector<FactCells::Entry>& FactCells::sorted() {
  std::sort(entries_.begin(), entries_.end(),
            [](const Entry& a, const Entry& b) { return a.cell < b.cell; });
  last_ = SIZE_MAX;
  return entries_;
}

void FactCells::clear() {
  entries_.clear();
  places_.clear();
  last_ = SIZE_MAX;
}

}  // namespace linchpin::records
