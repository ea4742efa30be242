#pragma once

// The rows of lp_job. `holder` is the process that has a running job, 0 = nobody.

#include <optional>
#include <vector>

#include "jobs/jobs.h"

namespace linchpin::jobs {

struct Hold {
  RecordId holder;
  Instant now = 0;
  Instant until = 0;
};

Status ensure_job_table(storage::Connection& connection);

// Error: overloaded.
Status insert_job(storage::Connection& connection, const Job& job, const Hold& hold);
Result<std::optional<Job>> read_job(storage::Connection& connection, RecordId id);

// Jobs that wait or whose lease has run out, oldest first.
struct FreeJob {
  RecordId id;
  std::string kind;
};
Result<std::vector<FreeJob>> free_jobs(storage::Connection& connection, Instant now);
// False when somebody else was quicker.
Result<bool> take_job(storage::Connection& connection, RecordId id, const Hold& hold);

// What a holder learns whenever it writes.
struct Held {
  bool still = false;
  bool cancel_requested = false;
};
Result<Held> renew_job(storage::Connection& connection, RecordId id, const Hold& hold,
                       std::int64_t done, std::int64_t total);
Result<Held> save_job(storage::Connection& connection, RecordId id, const Hold& hold,
                      std::int64_t done, std::int64_t total, const json::object& checkpoint);

// Ends the job, or gives it back when it stays `running`.
Status release_job(storage::Connection& connection, const Job& job, RecordId holder, Instant now);

// The state after it: `cancelled` when the job was waiting, `running` when it was only asked.
// Errors: not_found, invalid_state.
Result<JobState> cancel_job(storage::Connection& connection, RecordId id, Instant now);

Status forget_ended_jobs(storage::Connection& connection, Instant before);

}  // namespace linchpin::jobs
