#pragma once

// Time enters the product here only, so that every test can set it.

#include <atomic>
#include <cstdint>

namespace linchpin {

// Milliseconds since 1970-01-01 UTC.
using Instant = std::int64_t;

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
 public:
  Instant now() const override;
};

// Stands still until it is told to move.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Instant now) : now_(now) {}
  Instant now() const override { return now_; }
  void advance(std::int64_t milliseconds) { now_ += milliseconds; }

 private:
  std::atomic<Instant> now_;
};

}  // namespace linchpin
