#pragma once

// Churn warnings as tasks: who falls silent for his ways is put on his owner's list, once for each
// silence, and taken off it when he buys again.

#include "base/locale.h"
#include "identify/lifetime.h"
#include "jobs/jobs.h"
#include "records/records.h"

namespace linchpin::identify {

// The workspace's record of `churn_watch` that was made first, or the product's own rule.
struct ChurnWatch {
  bool active = true;
  bool pool_only = false;     // those in the pool or under watch
  std::int64_t due_days = 7;  // for the task
};

// The most valuable customers come first; who has no owner is nobody's task.
constexpr std::size_t max_open_warnings = 500;

// Closes what is answered by a purchase. A warning that somebody closed himself stays closed as
// long as the silence lasts.
Result<std::size_t> close_churn_warnings(records::Records& records, const Texts& texts,
                                         Instant now);
// Opens what is missing today.
Result<std::size_t> open_churn_warnings(records::Records& records);

// Closes every hour and opens once a day, beside the other work of the jobs.
void keep_churn_warnings(jobs::Jobs& jobs, records::Records& records, const Texts& texts,
                         const Clock& clock);

}  // namespace linchpin::identify
