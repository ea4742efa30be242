#pragma once

// On which days an account orders: the company's calendar times the account's own course.

#include <vector>

#include "demo/draft.h"

namespace linchpin::demo {

// How busily the account buys at `time` (0 = first day, 1 = last), 1 = as on average.
double activity(const Profile& profile, double time);

class OrderingDays {
 public:
  OrderingDays(Day first, Day last);  // both included

  double mean_activity(const Profile& profile) const;
  // `count` days in order; a day may come twice.
  std::vector<Day> draw(const Profile& profile, int count, Random& random) const;
  // 0 for the first day, 1 for the last.
  double time_of(Day day) const;

 private:
  Day first_;
  std::vector<double> weights_;
  std::vector<double> sums_;  // sums_[i] = the weights before day i
};

}  // namespace linchpin::demo
