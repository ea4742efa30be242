#pragma once

// For tests: the demo company as of one day, made once.

#include "demo/demo_company.h"

namespace linchpin::demo {

inline const Day as_of = day_of({2026, 11, 21});

inline const Company& company() {
  static const Company made = make_company(demo_seed, as_of);
  return made;
}

template <class List>
const auto& at(const List& list, int place) {
  return list[static_cast<std::size_t>(place)];
}

}  // namespace linchpin::demo
