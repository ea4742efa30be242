#include "tables/form_limits.h"

#include <algorithm>

namespace linchpin::tables {
namespace {

constexpr std::int64_t second = 1000;

}  // namespace

// Where there is no room, the one that began first goes.
template <class Key>
Status FormLimits::take(std::map<Key, Count, std::less<>>& counts, const Key& key,
                        std::int64_t window, std::int64_t limit, const char* refusal) {
  const Instant now = clock_.now();
  const std::lock_guard lock(mutex_);
  if (counts.size() >= max_kept && !counts.contains(key)) {
    counts.erase(std::min_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) {
      return a.second.since < b.second.since;
    }));
  }
  Count& count = counts[key];
  if (now - count.since >= window) count = {now, 0};
  if (count.times >= limit) {
    Error error = Error::of(ErrorCode::rate_limited, refusal);
    error.retry_after_seconds =
        static_cast<int>((count.since + window - now + second - 1) / second);
    error.params = {{"seconds", std::to_string(error.retry_after_seconds)}};
    return error;
  }
  ++count.times;
  return {};
}

Status FormLimits::admit(std::string_view address) {
  return take(addresses_, std::string(address), address_window, max_of_address, "form_sent_often");
}

Status FormLimits::admit(RecordId form, std::int64_t daily_limit) {
  return take(forms_, form, form_window, daily_limit, "form_full");
}

}  // namespace linchpin::tables
