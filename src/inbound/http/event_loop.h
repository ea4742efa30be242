#pragma once

// One thread with its io_context. A connection lives on one loop for good, so nothing of it needs a
// lock; other threads reach it by post() and finish() only.

#include "inbound/http/asio_types.h"

#include <mutex>
#include <thread>
#include <vector>

#include "inbound/http/work_pool.h"

namespace linchpin::inbound {

using TimePoint = std::chrono::steady_clock::time_point;
constexpr TimePoint no_deadline = TimePoint::max();

class EventLoop;

// What the loop knows of a connection: one deadline, and how to end it. All calls come on the loop.
class Connection {
 public:
  explicit Connection(EventLoop& loop);
  virtual ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // The deadline has passed (it is taken away first). Must not destroy the connection at once.
  virtual void on_deadline() = 0;
  // The server stops: close when idle, else after what has begun.
  virtual void on_drain() = 0;
  // The time to stop is over. Must not destroy the connection at once.
  virtual void on_abort() = 0;
  // The loop runs no more and the connection is about to be destroyed.
  virtual void on_abandoned() {}

 protected:
  EventLoop& loop() const { return loop_; }
  void set_deadline(std::chrono::milliseconds from_now);
  void clear_deadline() { deadline_ = no_deadline; }
  std::chrono::milliseconds time_left() const;  // while there is a deadline

 private:
  friend class EventLoop;
  EventLoop& loop_;
  std::size_t position_;  // in the loop's list
  TimePoint deadline_ = no_deadline;
};

class EventLoop {
 public:
  // Deadlines are looked at every `sweep_time`: a timer for each operation would cost more than the
  // operation.
  explicit EventLoop(std::chrono::milliseconds sweep_time);
  ~EventLoop();
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  Executor executor() { return context_.get_executor(); }
  void start();
  // Ends the thread; connections stay where they are until the loop is destroyed.
  void stop();

  template <class Function>
  void post(Function&& function) {
    asio::post(context_, std::forward<Function>(function));
  }

  // From a pool thread: the task goes on here, in its resume().
  void finish(PoolTask* task);

  // On the loop, or when it runs no more.
  const std::vector<Connection*>& connections() const { return connections_; }

 private:
  friend class Connection;
  void resume_finished();
  Awaitable<> sweep();

  std::vector<Connection*> connections_;
  const std::chrono::milliseconds sweep_time_;
  std::mutex mutex_;
  PoolTask* first_finished_ = nullptr;
  PoolTask* last_finished_ = nullptr;
  // After the list: destroying the context destroys the connections, which leave the list.
  asio::io_context context_;
  std::thread thread_;
};

}  // namespace linchpin::inbound
