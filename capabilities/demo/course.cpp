#include "demo/course.h"

#include <algorithm>

#include "demo/calendar.h"

namespace linchpin::demo {

namespace {

// The market as a whole grows by about eight per cent a year.
constexpr double market_growth = 0.24;

double highest_activity(const Profile& profile) {
  constexpr int steps = 40;
  double highest = 0;
  for (int i = 0; i <= steps; ++i) {
    highest = std::max(highest, activity(profile, static_cast<double>(i) / steps));
  }
  return highest;
}

}  // namespace

double activity(const Profile& profile, double time) {
  const double middle = time - 0.5;
  const double market = std::exp(market_growth * middle);
  switch (profile.course) {
    case Course::steady:
    case Course::project:
      return market;
    case Course::growing:
      return market * std::exp(1.1 * middle);
    case Course::declining:
      return market * std::exp(-1.7 * middle);
    case Course::churned:
      return time < profile.ends ? market : 0.0;
    case Course::fresh:
      return time < profile.begins ? 0.0
                                   : market * std::min(1.2, 0.4 + 2.5 * (time - profile.begins));
  }
  return market;
}

OrderingDays::OrderingDays(Day first, Day last) : first_(first) {
  double sum = 0;
  for (Day day = first; day <= last; ++day) {
    weights_.push_back(ordering_weight(day));
    sums_.push_back(sum);
    sum += weights_.back();
  }
  sums_.push_back(sum);
}

double OrderingDays::time_of(Day day) const {
  return static_cast<double>(day - first_) / static_cast<double>(weights_.size() - 1);
}

double OrderingDays::mean_activity(const Profile& profile) const {
  double busy = 0;
  for (std::size_t i = 0; i < weights_.size(); ++i) {
    busy += weights_[i] * activity(profile, time_of(first_ + static_cast<Day>(i)));
  }
  return busy / sums_.back();
}

std::vector<Day> OrderingDays::draw(const Profile& profile, int count, Random& random) const {
  std::vector<Day> days;
  const double highest = highest_activity(profile);
  while (static_cast<int>(days.size()) < count) {
    const double place = random.unit() * sums_.back();
    const auto after = std::upper_bound(sums_.begin(), sums_.end(), place);
    const Day day = first_ + static_cast<Day>(after - sums_.begin()) - 1;
    if (random.unit() * highest < activity(profile, time_of(day))) days.push_back(day);
  }
  std::sort(days.begin(), days.end());
  return days;
}

}  // namespace linchpin::demo
