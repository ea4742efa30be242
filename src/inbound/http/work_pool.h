#pragma once

// Threads that run the handlers. Tasks begin in the order in which they came.

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace linchpin::inbound {

class PoolTask {
 public:
  virtual ~PoolTask() = default;
  // On a thread of the pool; the task then belongs to whoever `run` gave it to, or to itself.
  virtual void run() = 0;
  // On the event loop, when `run` handed the task to EventLoop::finish. The task deletes itself.
  virtual void resume() {}

  PoolTask* next_task = nullptr;  // while it stands in a queue
};

class WorkPool {
 public:
  // Threads are started when a task finds no idle one, up to `threads`.
  WorkPool(std::size_t threads, std::size_t max_waiting);
  ~WorkPool();
  WorkPool(const WorkPool&) = delete;
  WorkPool& operator=(const WorkPool&) = delete;

  // False when `max_waiting` tasks wait already, or after stop(); the task then stays the caller's.
  bool submit(std::unique_ptr<PoolTask>& task);
  // Past the limit, for work whose number is bounded elsewhere (one per connection). After stop()
  // the task is destroyed.
  void submit_always(std::unique_ptr<PoolTask> task);

  // Destroys what waits, lets what runs finish.
  void stop();

  std::size_t started_threads() const;

 private:
  struct Worker {
    std::thread thread;
    std::condition_variable wake;
    bool called = false;
  };

  bool push(std::unique_ptr<PoolTask>& task, std::size_t limit);
  void call_worker();
  void work(Worker& worker);
  PoolTask* pop();

  const std::size_t max_threads_;
  const std::size_t max_waiting_;
  mutable std::mutex mutex_;
  PoolTask* first_ = nullptr;
  PoolTask* last_ = nullptr;
  std::size_t waiting_ = 0;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::vector<Worker*> idle_;  // the one that ran last is called first: its caches are warm
  bool calling_ = false;       // a worker was called and has not looked at the queue yet
  bool stopping_ = false;
};

}  // namespace linchpin::inbound
