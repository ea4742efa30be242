#pragma once

// A job that this process holds: its context, and the thread that renews its lease meanwhile.

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "jobs/job_store.h"

namespace linchpin::jobs {

class HeldJob final : public JobContext {
 public:
  HeldJob(storage::Database& database, const Clock& clock, RecordId holder, Job job,
          const std::atomic<bool>& stopping, const ProgressVisitor& progress);
  ~HeldJob() override;

  const Job& job() const override { return job_; }
  bool cancelled() const override { return cancelled_; }
  bool stopping() const override { return stopping_; }
  Status save(storage::Connection& connection, std::int64_t done, std::int64_t total,
              const json::object& checkpoint) override;
  void show(std::int64_t done, std::int64_t total) override;

  void ask_to_cancel() { cancelled_ = true; }
  std::pair<std::int64_t, std::int64_t> progress() const { return {done_, total_}; }

  // Does the work and writes how it ended; the job as it is now.
  Result<Job> perform(const Runner& runner);

 private:
  void beat();
  Status renew();
  void learn(const Held& held);
  Hold hold() const;
  void settle(Result<json::object> outcome);

  storage::Database& database_;
  const Clock& clock_;
  const RecordId holder_;
  Job job_;
  const std::atomic<bool>& stopping_;
  const ProgressVisitor& progress_;
  std::atomic<std::int64_t> done_;
  std::atomic<std::int64_t> total_;
  std::atomic<bool> cancelled_ = false;
  std::atomic<bool> lost_ = false;
  // A slice renews the lease as well.
  std::atomic<std::chrono::steady_clock::time_point> renewed_{std::chrono::steady_clock::now()};

  std::mutex mutex_;
  std::condition_variable ended_;
  bool over_ = false;
  std::thread heart_;
};

}  // namespace linchpin::jobs
