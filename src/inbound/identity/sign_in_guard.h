#pragma once

// Slows down guessing: a login locks after a few failures in a row, longer each time, and an
// address may fail only so often. Logins that do not exist are counted like those that do.

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace linchpin::inbound {

class SignInGuard {
 public:
  static constexpr int max_failures = 5;
  static constexpr std::int64_t first_lock = std::int64_t{5} * 60 * 1000;
  static constexpr std::int64_t longest_lock = std::int64_t{60} * 60 * 1000;
  static constexpr std::int64_t forgotten_after = std::int64_t{24} * 60 * 60 * 1000;
  static constexpr int max_address_failures = 50;
  static constexpr std::int64_t address_window = std::int64_t{5} * 60 * 1000;
  static constexpr std::size_t max_kept = 10'000;  // logins, and addresses

  explicit SignInGuard(const Clock& clock) : clock_(clock) {}

  // Before a password is looked at. Counts the attempt as a failure until it is known better, so
  // that many attempts at once are not more than a few. Error: rate_limited with the time to wait.
  Status admit(std::string_view login, std::string_view address);
  void succeeded(std::string_view login, std::string_view address);
  // The attempt was not decided: the server was too busy to check the password.
  void undecided(std::string_view login, std::string_view address);

 private:
  struct Record {
    int failures = 0;
    Instant last = 0;
    Instant locked_until = 0;
  };
  using Records = std::map<std::string, Record, std::less<>>;

  Record& record_of(Records& records, std::string_view key);
  static void make_room(Records& records);

  const Clock& clock_;
  std::mutex mutex_;
  Records logins_;
  Records addresses_;
};

}  // namespace linchpin::inbound
