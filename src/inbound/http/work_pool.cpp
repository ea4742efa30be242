#include "inbound/http/work_pool.h"

#include <cassert>
#include <limits>
#include <system_error>

#include "base/log.h"

namespace linchpin::inbound {

WorkPool::WorkPool(std::size_t threads, std::size_t max_waiting)
    : max_threads_(threads), max_waiting_(max_waiting) {
  assert(threads > 0);
  workers_.reserve(threads);
  idle_.reserve(threads);
}

WorkPool::~WorkPool() {
  stop();
}

bool WorkPool::submit(std::unique_ptr<PoolTask>& task) {
  return push(task, max_waiting_);
}

void WorkPool::submit_always(std::unique_ptr<PoolTask> task) {
  push(task, std::numeric_limits<std::size_t>::max());
}

bool WorkPool::push(std::unique_ptr<PoolTask>& task, std::size_t limit) {
  const std::lock_guard lock(mutex_);
  if (stopping_ || waiting_ >= limit) return false;
  PoolTask* added = task.release();
  added->next_task = nullptr;
  (last_ ? last_->next_task : first_) = added;
  last_ = added;
  ++waiting_;
  call_worker();
  return true;
}

// One worker is called at a time and calls the next while there is work: a burst of small tasks is
// done by the few threads it needs, without a system call for each.
void WorkPool::call_worker() {
  if (calling_ || waiting_ == 0 || stopping_) return;
  if (!idle_.empty()) {
    Worker* worker = idle_.back();
    idle_.pop_back();
    calling_ = true;
    worker->called = true;
    worker->wake.notify_one();
    return;
  }
  if (workers_.size() == max_threads_) return;
  workers_.push_back(std::make_unique<Worker>());
  Worker& worker = *workers_.back();
  try {
    worker.thread = std::thread([this, &worker] { work(worker); });
    calling_ = true;
  } catch (const std::system_error& error) {
    workers_.pop_back();
    log_error("thread_not_started", {{"reason", error.what()}});
  }
}

PoolTask* WorkPool::pop() {
  PoolTask* task = first_;
  first_ = task->next_task;
  if (!first_) last_ = nullptr;
  task->next_task = nullptr;
  --waiting_;
  return task;
}

void WorkPool::work(Worker& worker) {
  std::unique_lock lock(mutex_);
  calling_ = false;
  while (!stopping_) {
    if (first_) {
      PoolTask* task = pop();
      call_worker();
      lock.unlock();
      task->run();
      lock.lock();
      continue;
    }
    idle_.push_back(&worker);
    worker.wake.wait(lock, [&] { return worker.called || stopping_; });
    if (worker.called) {
      worker.called = false;
      calling_ = false;
    }
  }
}

void WorkPool::stop() {
  PoolTask* dropped = nullptr;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    std::swap(dropped, first_);
    last_ = nullptr;
    waiting_ = 0;
    for (const auto& worker : workers_) worker->wake.notify_one();
  }
  while (dropped) {
    const std::unique_ptr<PoolTask> task(dropped);
    dropped = task->next_task;
  }
  for (const auto& worker : workers_) {
    if (worker->thread.joinable()) worker->thread.join();
  }
}

std::size_t WorkPool::started_threads() const {
  const std::lock_guard lock(mutex_);
  return workers_.size();
}

}  // namespace linchpin::inbound
