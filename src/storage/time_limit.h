#pragma once

// How long the database may work for whoever asks on this thread.

#include <chrono>

namespace linchpin::storage {

// While it lives, a read of this thread that takes longer ends with query_too_expensive: on SQLite
// the whole read, on PostgreSQL each statement of it. Writes and other threads are not limited.
class TimeLimit {
 public:
  explicit TimeLimit(std::chrono::milliseconds most);
  ~TimeLimit();
  TimeLimit(const TimeLimit&) = delete;
  TimeLimit& operator=(const TimeLimit&) = delete;

  // Of this thread; zero: none.
  static std::chrono::milliseconds current();

 private:
  const std::chrono::milliseconds outer_;
};

}  // namespace linchpin::storage
