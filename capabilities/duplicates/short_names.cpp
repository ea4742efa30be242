#include "duplicates/short_names.h"

namespace linchpin::duplicates {

bool ShortNames::add(const NameParts& parts, const NamedAccount& named) {
  std::u32string points = short_name(parts);
  if (points.empty()) return true;
  if (shorts_.size() >= max_short_names) return false;
  std::vector<std::size_t>& alike = places_[std::u32string(short_name_key(points))];
  if (alike.size() >= max_short_of_key) return false;
  alike.push_back(shorts_.size());
  shorts_.push_back({std::move(points), named});
  return true;
}

void ShortNames::meet(const NameParts& parts, const NamedAccount& named) {
  if (!parts.whole) return;
  const std::u32string_view of_core = short_name_key(parts.core);
  const std::u32string_view of_all = short_name_key(parts.points);
  meet_key(of_core, parts, named);
  if (of_all != of_core) meet_key(of_all, parts, named);
}

void ShortNames::meet_key(std::u32string_view key, const NameParts& parts,
                          const NamedAccount& named) {
  const auto alike = places_.find(std::u32string(key));
  if (alike == places_.end()) return;
  for (const std::size_t place : alike->second) {
    Short& one = shorts_[place];
    const ShortFit fit = short_fit(one.points, parts);
    if (fit == ShortFit::none || fit < one.best) continue;
    if (fit > one.best) {
      one.best = fit;
      one.several = false;
      one.whole = named;
      one.essential = parts.essential;
    } else if (one.whole.account != named.account) {
      one.several = true;
    }
  }
}

std::vector<ShortNames::Found> ShortNames::found() const {
  std::vector<Found> found;
  for (const Short& one : shorts_) {
    const bool clear = one.best != ShortFit::none && !one.several;
    if (!clear || one.whole.account == one.named.account) continue;
    found.push_back({one.named, one.whole, one.essential});
  }
  return found;
}

}  // namespace linchpin::duplicates
