#pragma once

// Calls into a SocketSession: one after another, and none after on_closed.

#include <memory>
#include <mutex>
#include <string_view>

#include "inbound/http/server.h"
#include "inbound/http/work_pool.h"

namespace linchpin::inbound {

class SocketCalls {
 public:
  explicit SocketCalls(std::shared_ptr<SocketSession> session) : session_(std::move(session)) {}
  // False when the session failed.
  bool text(std::string_view text);
  void drained();
  void closed();

 private:
  std::mutex mutex_;
  std::shared_ptr<SocketSession> session_;
};

// on_drained, by itself on the pool.
void submit_drained(WorkPool& pool, std::shared_ptr<SocketCalls> calls);

}  // namespace linchpin::inbound
