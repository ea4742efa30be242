#pragma once

// Passwords: what a good one is, where their hashes lie, and a bound on the work of checking them.

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/id.h"
#include "storage/storage.h"

namespace linchpin::inbound {

constexpr std::size_t min_password_length = 10;  // code points
constexpr std::size_t min_password_letters = 5;  // different ones

// Errors (validation_failed, at `pointer`): `password_too_short` {min}, `password_is_login`,
// `password_too_simple` {min}.
Status check_new_password(std::string_view login, std::string_view password, std::string pointer);

// Table lp_credential: one hash per user.
Status ensure_credential_table(storage::Connection& connection);
Result<bool> has_credentials(storage::Connection& connection);
Result<std::optional<std::string>> password_hash_of(storage::Connection& connection, RecordId user);
Status store_password_hash(storage::Connection& connection, RecordId user, std::string_view hash,
                           Instant now);

// Runs argon2 for a few callers at once; a few more wait, the rest are refused with rate_limited.
class PasswordChecker {
 public:
  static constexpr int max_at_once = 2;
  static constexpr int max_waiting = 32;
  static constexpr int retry_seconds = 2;

  // Takes the same time whether there is a hash or not; without one the answer is no.
  Result<bool> verify(const std::optional<std::string>& hash, std::string_view password);
  Result<std::string> hash(std::string_view password);

 private:
  class Permit;
  Result<std::string> decoy();

  std::mutex mutex_;
  std::condition_variable freed_;
  int running_ = 0;
  int waiting_ = 0;
  std::string decoy_;
};

}  // namespace linchpin::inbound
