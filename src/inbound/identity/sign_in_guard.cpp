#include "inbound/identity/sign_in_guard.h"

#include <algorithm>

namespace linchpin::inbound {
namespace {

// Longer logins than any user has are counted together.
constexpr std::size_t max_key_bytes = 256;

Error too_many(Instant now, Instant until) {
  constexpr std::int64_t second = 1000;
  Error error = Error::of(ErrorCode::rate_limited, "sign_in_locked");
  error.retry_after_seconds = static_cast<int>((until - now + second - 1) / second);
  error.params = {{"seconds", std::to_string(error.retry_after_seconds)}};
  return error;
}

}  // namespace

// The one that nobody has touched for longest goes; one that is locked stays while others can go.
void SignInGuard::make_room(Records& records) {
  const auto oldest =
      std::min_element(records.begin(), records.end(), [](const auto& a, const auto& b) {
        return std::pair(a.second.locked_until, a.second.last) <
               std::pair(b.second.locked_until, b.second.last);
      });
  records.erase(oldest);
}

SignInGuard::Record& SignInGuard::record_of(Records& records, std::string_view key) {
  key = key.substr(0, max_key_bytes);
  auto found = records.find(key);
  if (found == records.end()) {
    if (records.size() >= max_kept) make_room(records);
    found = records.emplace(std::string(key), Record()).first;
  }
  return found->second;
}

Status SignInGuard::admit(std::string_view login, std::string_view address) {
  const Instant now = clock_.now();
  const std::lock_guard lock(mutex_);
  Record& from = record_of(addresses_, address);
  if (now - from.last >= address_window) from.failures = 0;
  if (from.failures >= max_address_failures) return too_many(now, from.last + address_window);

  Record& record = record_of(logins_, login);
  if (now < record.locked_until) return too_many(now, record.locked_until);
  if (now - record.last >= forgotten_after) record.failures = 0;
  ++record.failures;
  record.last = now;
  if (record.failures >= max_failures) {
    const int doublings = std::min(record.failures - max_failures, 10);
    record.locked_until = now + std::min(first_lock << doublings, longest_lock);
  }
  if (from.failures == 0) from.last = now;  // the window begins with its first failure
  ++from.failures;
  return {};
}

void SignInGuard::succeeded(std::string_view login, std::string_view address) {
  const std::lock_guard lock(mutex_);
  const auto record = logins_.find(login.substr(0, max_key_bytes));
  if (record != logins_.end()) logins_.erase(record);
  const auto from = addresses_.find(address);
  if (from != addresses_.end() && from->second.failures > 0) --from->second.failures;
}

void SignInGuard::undecided(std::string_view login, std::string_view address) {
  const std::lock_guard lock(mutex_);
  const auto record = logins_.find(login.substr(0, max_key_bytes));
  if (record != logins_.end() && record->second.failures > 0) {
    --record->second.failures;
    if (record->second.failures < max_failures) record->second.locked_until = 0;
  }
  const auto from = addresses_.find(address);
  if (from != addresses_.end() && from->second.failures > 0) --from->second.failures;
}

}  // namespace linchpin::inbound
