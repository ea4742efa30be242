#pragma once

// How often strangers may send a form: one address a few times in ten minutes, one form so many
// times in 24 hours. Counted in this process.

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"

namespace linchpin::tables {

class FormLimits {
 public:
  static constexpr std::int64_t max_of_address = 10;
  static constexpr std::int64_t address_window = std::int64_t{10} * 60 * 1000;
  static constexpr std::int64_t form_window = std::int64_t{24} * 60 * 60 * 1000;
  static constexpr std::size_t max_kept = 10'000;  // addresses, and forms

  explicit FormLimits(const Clock& clock) : clock_(clock) {}

  // Counts one attempt of an address. Error: rate_limited / `form_sent_often` {seconds}.
  Status admit(std::string_view address);
  // Counts one record that a form is about to make. Error: rate_limited / `form_full` {seconds}.
  Status admit(RecordId form, std::int64_t daily_limit);

 private:
  struct Count {
    Instant since = 0;
    std::int64_t times = 0;
  };
  template <class Key>
  Status take(std::map<Key, Count, std::less<>>& counts, const Key& key, std::int64_t window,
              std::int64_t limit, const char* refusal);

  const Clock& clock_;
  std::mutex mutex_;
  std::map<std::string, Count, std::less<>> addresses_;
  std::map<RecordId, Count, std::less<>> forms_;
};

}  // namespace linchpin::tables
