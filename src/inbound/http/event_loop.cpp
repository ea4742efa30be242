#include "inbound/http/event_loop.h"

namespace linchpin::inbound {

Connection::Connection(EventLoop& loop) : loop_(loop), position_(loop.connections_.size()) {
  loop.connections_.push_back(this);
}

Connection::~Connection() {
  std::vector<Connection*>& all = loop_.connections_;
  all[position_] = all.back();
  all[position_]->position_ = position_;
  all.pop_back();
}

void Connection::set_deadline(std::chrono::milliseconds from_now) {
  deadline_ = std::chrono::steady_clock::now() + from_now;
}

std::chrono::milliseconds Connection::time_left() const {
  const auto left = deadline_ - std::chrono::steady_clock::now();
  return std::chrono::duration_cast<std::chrono::milliseconds>(left);
}

// The hint of one thread saves locks inside Asio; post() from other threads stays safe.
EventLoop::EventLoop(std::chrono::milliseconds sweep_time) : sweep_time_(sweep_time), context_(1) {}

EventLoop::~EventLoop() {
  stop();
  for (Connection* connection : connections_) connection->on_abandoned();
  while (first_finished_) {
    const std::unique_ptr<PoolTask> task(first_finished_);
    first_finished_ = task->next_task;
  }
}

void EventLoop::start() {
  asio::co_spawn(context_, sweep(), asio::detached);
  thread_ = std::thread([this] { context_.run(); });
}

void EventLoop::stop() {
  context_.stop();
  if (thread_.joinable()) thread_.join();
}

void EventLoop::finish(PoolTask* task) {
  bool first = false;
  {
    const std::lock_guard lock(mutex_);
    first = first_finished_ == nullptr;
    (first ? first_finished_ : last_finished_->next_task) = task;
    last_finished_ = task;
  }
  // One wake-up for all that finish until the loop comes to look.
  if (first) asio::post(context_, [this] { resume_finished(); });
}

void EventLoop::resume_finished() {
  PoolTask* task = nullptr;
  {
    const std::lock_guard lock(mutex_);
    std::swap(task, first_finished_);
    last_finished_ = nullptr;
  }
  while (task) {
    PoolTask* next = std::exchange(task->next_task, nullptr);
    task->resume();
    task = next;
  }
}

Awaitable<> EventLoop::sweep() {
  Timer timer(context_);
  for (;;) {
    timer.expires_after(sweep_time_);
    const auto [error] = co_await timer.async_wait(awaiting);
    if (error) co_return;
    const TimePoint now = std::chrono::steady_clock::now();
    for (Connection* connection : connections_) {
      if (connection->deadline_ > now) continue;
      connection->deadline_ = no_deadline;
      connection->on_deadline();
    }
  }
}

}  // namespace linchpin::inbound
