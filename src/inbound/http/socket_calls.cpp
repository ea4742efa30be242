#include "inbound/http/socket_calls.h"

#include <exception>

#include "base/log.h"

namespace linchpin::inbound {
namespace {

class DrainedTask final : public PoolTask {
 public:
  explicit DrainedTask(std::shared_ptr<SocketCalls> calls) : calls_(std::move(calls)) {}
  void run() override {
    calls_->drained();
    delete this;
  }

 private:
  std::shared_ptr<SocketCalls> calls_;
};

template <class Call>
bool guarded(Call call) {
  try {
    call();
    return true;
  } catch (const std::exception& error) {
    log_error("socket_session_failed", {{"reason", error.what()}});
    return false;
  }
}

}  // namespace

bool SocketCalls::text(std::string_view text) {
  const std::lock_guard lock(mutex_);
  return session_ && guarded([&] { session_->on_text(text); });
}

void SocketCalls::drained() {
  const std::lock_guard lock(mutex_);
  if (session_) guarded([&] { session_->on_drained(); });
}

void SocketCalls::closed() {
  const std::lock_guard lock(mutex_);
  if (session_) guarded([&] { session_->on_closed(); });
  session_.reset();
}

void submit_drained(WorkPool& pool, std::shared_ptr<SocketCalls> calls) {
  pool.submit_always(std::make_unique<DrainedTask>(std::move(calls)));
}

}  // namespace linchpin::inbound
