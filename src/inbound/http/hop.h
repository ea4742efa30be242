#pragma once

// One hop of a coroutine: event loop → pool thread → event loop.

#include <boost/asio/async_result.hpp>

#include "inbound/http/event_loop.h"

namespace linchpin::inbound {

template <class Handler, class Work>
class HopTask final : public PoolTask {
 public:
  HopTask(Handler handler, EventLoop& loop, Work& work)
      : handler_(std::move(handler)), loop_(loop), work_(work) {}

  void run() override {
    work_();
    loop_.finish(this);
  }
  void resume() override { complete(true); }

  // Destroys the task first: the coroutine that goes on may end the connection.
  void complete(bool done) {
    Handler handler = std::move(handler_);
    delete this;
    handler(done);
  }

 private:
  Handler handler_;
  EventLoop& loop_;
  Work& work_;
};

enum class Queueing { bounded, always };

// Awaits `work()` done on a thread of `pool`. False when the pool's queue is full: nothing was
// done. `work` must not throw, and must live until the await is over: name it before.
template <class Work>
Awaitable<bool> hop(WorkPool& pool, EventLoop& loop, Queueing queueing, Work& work) {
  using Token = asio::use_awaitable_t<Executor>;
  Token token;
  return asio::async_initiate<Token, void(bool)>(
      [&pool, &loop, queueing, &work]<class Handler>(Handler handler) {
        using Task = HopTask<Handler, Work>;
        std::unique_ptr<PoolTask> task = std::make_unique<Task>(std::move(handler), loop, work);
        if (queueing == Queueing::always) {
          pool.submit_always(std::move(task));
        } else if (!pool.submit(task)) {
          loop.post([refused = std::move(task)]() mutable {
            static_cast<Task*>(refused.release())->complete(false);
          });
        }
      },
      token);
}

}  // namespace linchpin::inbound
