#include "identify/scoring/sales_totals.h"

namespace linchpin::identify {

std::shared_ptr<SalesTotals> SalesTotals::shared(const records::Records& records) {
  static std::mutex mutex;
  static std::map<const records::Records*, std::weak_ptr<SalesTotals>> known;
  const std::lock_guard lock(mutex);
  std::erase_if(known, [](const auto& one) { return one.second.expired(); });
  std::shared_ptr<SalesTotals> totals = known[&records].lock();
  if (!totals) known[&records] = totals = std::make_shared<SalesTotals>();
  return totals;
}

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
  remember(window, value);
  return value;
}

void SalesTotals::remember(records::Window window, WideUnits total) {
  const std::lock_guard lock(mutex_);
  const std::pair key(window.from, window.to);
  // Windows move with the day: those of yesterday are never asked for again.
  if (totals_.size() >= max_windows && !totals_.contains(key)) totals_.clear();
  totals_[key] = {total, Clock::now()};
}

}  // namespace linchpin::identify
