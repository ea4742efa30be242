#include "identify/scoring/sales_totals.h"

namespace linchpin::identify {

Result<WideUnits> SalesTotals::of(records::Window window,
                                  const std::function<Result<WideUnits>()>& compute) {
  const std::pair key(window.from, window.to);
  {
    const std::lock_guard lock(mutex_);
    const auto found = totals_.find(key);
    if (found != totals_.end() && Clock::now() - found->second.at < kept) {
      return found->second.value;
    }
  }
  LP_TRY(const WideUnits value, compute());
  const std::lock_guard lock(mutex_);
  // Windows move with the day: those of yesterday are never asked for again.
  if (totals_.size() >= max_windows) totals_.clear();
  totals_[key] = {value, Clock::now()};
  return value;
}

}  // namespace linchpin::identify
