#pragma once

// The one thread that writes. Requests that wait at the same time share a transaction and its
// fsync; each has its own savepoint. Slices of long work run alone, between such groups: while both
// wait, requests have three quarters of the time.

#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "storage/session.h"

namespace linchpin::storage {

class Writer {
 public:
  // After a group of n requests the next one waits this long for n / 2 of them, so that clients
  // who come back after an answer meet in one group again.
  static constexpr std::chrono::microseconds max_gathering{1000};
  // After such a time without requests the writer does the housekeeping that can wait.
  static constexpr std::chrono::milliseconds quiet_time{100};
  // While requests wait, a slice lets them go first for so many times as long as the last one took.
  static constexpr int requests_share = 3;

  // `max_queue`: of each kind.
  explicit Writer(std::unique_ptr<Session> session, std::size_t max_queue = Database::max_queue);
  ~Writer();  // what waits is done first
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  Status write(WriteKind kind, const Database::Work& work);
  WriterCounters counters() const;
  bool is_current_thread() const { return thread_.get_id() == std::this_thread::get_id(); }

  // Runs `use` on the writer's connection between two transactions. False: the writer is in one, or
  // waits to begin it, and nothing was done.
  bool use_idle_session(const std::function<void(Session&)>& use);

 private:
  using Clock = std::chrono::steady_clock;
  struct Request;
  using RequestPointer = std::shared_ptr<Request>;
  struct Group {
    WriteKind kind;
    Clock::time_point start = Clock::now();
    std::vector<RequestPointer> requests{};
    std::size_t kept = 0;  // requests whose changes stand in the open transaction
  };

  void run();
  std::optional<WriteKind> wait_for_kind();
  void run_group(WriteKind kind);
  // These two give an error when nothing of the group can be kept.
  Status fill(Group& group);
  Status perform(Group& group, Request& request);
  RequestPointer next(const Group& group);
  void answer(const Group& group, const Status& status);
  void refuse_waiting(WriteKind kind, const Error& error);
  void maintain(std::optional<WriteKind> after);
  std::deque<RequestPointer>& queue(WriteKind kind) {
    return kind == WriteKind::interactive ? interactive_ : jobs_;
  }

  const std::size_t max_queue_;
  std::mutex session_mutex_;  // held while session_ is used
  std::atomic<bool> in_transaction_{false};
  std::unique_ptr<Session> session_;

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<RequestPointer> interactive_;
  std::deque<RequestPointer> jobs_;
  std::size_t wanted_ = 0;  // the writer sleeps until so many interactive requests wait; 0 = awake
  bool stopping_ = false;

  Clock::duration owed_to_requests_{};
  std::size_t last_group_size_ = 0;
  std::atomic<std::int64_t> writes_{0};
  std::atomic<std::int64_t> commits_{0};
  std::atomic<std::int64_t> rejected_{0};
  std::thread thread_;
};

}  // namespace linchpin::storage
