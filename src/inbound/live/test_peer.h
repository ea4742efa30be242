#pragma once

// For tests: the sending side of a WebSocket that only remembers.

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "inbound/http/server.h"

namespace linchpin::inbound {

// Takes messages until it is told that its queue is full.
class FakePeer final : public SocketPeer {
 public:
  bool send(std::shared_ptr<const std::string> text) override {
    const std::lock_guard lock(mutex_);
    if (full_) return false;
    sent_.push_back(*text);
    return true;
  }
  void close(std::uint16_t, std::string_view) override {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }

  void set_full(bool full) {
    const std::lock_guard lock(mutex_);
    full_ = full;
  }
  std::vector<std::string> sent() const {
    const std::lock_guard lock(mutex_);
    return sent_;
  }
  bool closed() const {
    const std::lock_guard lock(mutex_);
    return closed_;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> sent_;
  bool full_ = false;
  bool closed_ = false;
};

}  // namespace linchpin::inbound
