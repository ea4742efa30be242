#include "jobs/held_job.h"

#include <exception>

#include "base/log.h"

namespace linchpin::jobs {

using storage::Connection;
using storage::WriteKind;

namespace {

constexpr const char* interrupted_marker = "job_interrupted";

Error lost() {
  return Error::of(ErrorCode::invalid_state, "job_lost");
}

Result<json::object> call(const Runner& runner, JobContext& context) {
  try {
    return runner(context);
  } catch (const std::exception& exception) {
    return Error::internal(exception.what());
  }
}

}  // namespace

Error interrupted() {
  return Error::of(ErrorCode::invalid_state, interrupted_marker);
}

bool is_interrupted(const Error& error) {
  return error.code == ErrorCode::invalid_state && error.detail == interrupted_marker;
}

HeldJob::HeldJob(storage::Database& database, const Clock& clock, RecordId holder, Job job,
                 const std::atomic<bool>& stopping, const ProgressVisitor& progress)
    : database_(database),
      clock_(clock),
      holder_(holder),
      job_(std::move(job)),
      stopping_(stopping),
      progress_(progress),
      done_(job_.done),
      total_(job_.total) {
  // What was asked before this process took the job up is learned before its first slice.
  if (const Status first = renew(); !first) lost_ = true;
  heart_ = std::thread([this] { beat(); });
}

HeldJob::~HeldJob() {
  {
    const std::lock_guard lock(mutex_);
    over_ = true;
  }
  ended_.notify_one();
  heart_.join();
}

Hold HeldJob::hold() const {
  const Instant now = clock_.now();
  return {holder_, now, now + Jobs::lease.count()};
}

void HeldJob::learn(const Held& held) {
  if (!held.still) lost_ = true;
  if (held.cancel_requested) cancelled_ = true;
  renewed_ = std::chrono::steady_clock::now();
}

void HeldJob::beat() {
  std::unique_lock lock(mutex_);
  while (!ended_.wait_for(lock, Jobs::heartbeat, [this] { return over_; })) {
    if (std::chrono::steady_clock::now() - renewed_.load() < Jobs::heartbeat) continue;
    lock.unlock();
    if (const Status renewed = renew(); !renewed) {
      log_warning("job_lease_not_renewed",
                  {{"job", format_id(job_.id)}, {"code", code_name(renewed.error().code)}});
    }
    lock.lock();
  }
}

Status HeldJob::renew() {
  return database_.write(
      [this](Connection& connection) -> Status {
        LP_TRY(const Held held, renew_job(connection, job_.id, hold(), done_, total_));
        learn(held);
        return {};
      },
      WriteKind::job);
}

Status HeldJob::save(Connection& connection, std::int64_t done, std::int64_t total,
                     const json::object& checkpoint) {
  LP_TRY(const Held held, save_job(connection, job_.id, hold(), done, total, checkpoint));
  learn(held);
  if (lost_) return lost();
  done_ = done;
  total_ = total;
  return {};
}

void HeldJob::show(std::int64_t done, std::int64_t total) {
  done_ = done;
  total_ = total;
  if (!progress_) return;
  job_.done = done;
  job_.total = total;
  progress_(job_);
}

Result<Job> HeldJob::perform(const Runner& runner) {
  Result<json::object> outcome = lost_ ? Result<json::object>(lost()) : call(runner, *this);
  if (lost_) return lost();
  settle(std::move(outcome));
  LP_CHECK(database_.write(
      [this](Connection& connection) {
        return release_job(connection, job_, holder_, clock_.now());
      },
      WriteKind::job));
  return job_;
}

void HeldJob::settle(Result<json::object> outcome) {
  job_.done = done_;
  job_.total = total_;
  if (outcome) {
    job_.state = JobState::done;
    job_.result = std::move(*outcome);
    return;
  }
  const Error& error = outcome.error();
  if (is_interrupted(error)) {
    job_.state = cancelled_ ? JobState::cancelled : JobState::running;
    return;
  }
  job_.state = JobState::failed;
  job_.problem = error.detail.empty() ? std::string(code_name(error.code)) : error.detail;
  job_.problem_params = error.params;
  log_error("job_failed", {{"job", format_id(job_.id)},
                           {"kind", job_.kind},
                           {"code", code_name(error.code)},
                           {"detail", error.detail},
                           {"why", error.log_detail}});
}

}  // namespace linchpin::jobs
