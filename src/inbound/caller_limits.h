#pragma once

// How much one caller may ask for: so many requests a minute, as a supply that fills up again, so
// that a page that loads or an import that hurries is not stopped, and a loop that runs wild is.

#include <cstdint>
#include <mutex>
#include <unordered_map>

#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"

namespace linchpin::inbound {

constexpr std::int64_t default_requests_per_minute = 600'000;
constexpr std::int64_t most_requests_per_minute = 100'000'000;

class CallerLimits {
 public:
  static constexpr std::size_t max_kept = 10'000;  // callers

  CallerLimits(const Clock& clock, std::int64_t requests_per_minute)
      : clock_(clock), limit_(requests_per_minute) {}

  // Takes one request from the caller's supply. Error: rate_limited / `too_many_requests` with the
  // time to wait.
  Status admit(RecordId user);
  std::size_t kept();

 private:
  struct Supply {
    std::int64_t left = 0;  // in requests × milliseconds of a minute
    Instant at = 0;
  };

  void make_room(Instant now);

  const Clock& clock_;
  const std::int64_t limit_;
  std::mutex mutex_;
  std::unordered_map<RecordId, Supply> supplies_;
};

}  // namespace linchpin::inbound
