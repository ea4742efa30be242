#include "inbound/caller_limits.h"

#include <algorithm>

namespace linchpin::inbound {
namespace {

constexpr std::int64_t supply_minute = 60'000;

}  // namespace

// Whoever has been away for a minute has a full supply again, and so has somebody new. Where all
// have been here lately one of them begins anew.
void CallerLimits::make_room(Instant now) {
  std::erase_if(supplies_, [&](const auto& one) { return now - one.second.at >= supply_minute; });
  if (supplies_.size() >= max_kept) supplies_.erase(supplies_.begin());
}

Status CallerLimits::admit(RecordId user) {
  const Instant now = clock_.now();
  const std::int64_t full = limit_ * supply_minute;
  const std::lock_guard lock(mutex_);
  auto found = supplies_.find(user);
  if (found == supplies_.end()) {
    if (supplies_.size() >= max_kept) make_room(now);
    found = supplies_.emplace(user, Supply{full, now}).first;
  }
  Supply& supply = found->second;
  const std::int64_t away = std::clamp<std::int64_t>(now - supply.at, 0, supply_minute);
  supply.left = std::min(full, supply.left + away * limit_);
  supply.at = now;
  if (supply.left >= supply_minute) {
    supply.left -= supply_minute;
    return {};
  }
  constexpr std::int64_t second = 1000;
  const std::int64_t wait = (supply_minute - supply.left + limit_ - 1) / limit_;
  Error error = Error::of(ErrorCode::rate_limited, "too_many_requests");
  error.retry_after_seconds = static_cast<int>((wait + second - 1) / second);
  error.params = {{"limit", std::to_string(limit_)},
                  {"seconds", std::to_string(error.retry_after_seconds)}};
  return error;
}

std::size_t CallerLimits::kept() {
  const std::lock_guard lock(mutex_);
  return supplies_.size();
}

}  // namespace linchpin::inbound
