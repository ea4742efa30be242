#pragma once

// All customers' positive net sales of a window, remembered for a while: the base of one account's
// share, which one changed order hardly moves and which would cost a look at every customer.
// Scoring all accounts works the base out anew.

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>

#include "base/decimal.h"
#include "base/result.h"
#include "records/facts.h"
#include "records/records.h"

namespace linchpin::identify {

class SalesTotals {
 public:
  static constexpr std::chrono::minutes kept{10};
  static constexpr std::size_t max_windows = 16;

  // The one of these records: whoever scores or explains an account refers to the same total.
  static std::shared_ptr<SalesTotals> shared(const records::Records& records);

  // What scoring all accounts has found.
  void remember(records::Window window, WideUnits total);
  Result<WideUnits> of(records::Window window, const std::function<Result<WideUnits>()>& compute);

 private:
  using Clock = std::chrono::steady_clock;
  struct Total {
    WideUnits value;
    Clock::time_point at;
  };
  std::mutex mutex_;  // guards what follows
  std::map<std::pair<Day, Day>, Total> totals_;
};

}  // namespace linchpin::identify
