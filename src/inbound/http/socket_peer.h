#pragma once

// The queue of one WebSocket: what handlers send waits here until the client takes it.

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "inbound/http/event_loop.h"
#include "inbound/http/server.h"

namespace linchpin::inbound {

constexpr std::size_t max_close_reason_bytes = 123;  // RFC 6455

// The connection that empties the queue. pump() comes on its event loop.
class SocketPump {
 public:
  virtual ~SocketPump() = default;
  virtual void pump() = 0;
};

struct CloseRequest {
  std::uint16_t code = 0;
  std::string reason;
};

class PeerQueue final : public SocketPeer {
 public:
  PeerQueue(EventLoop& loop, std::size_t max_bytes) : loop_(loop), max_bytes_(max_bytes) {}

  bool send(std::shared_ptr<const std::string> text) override;
  void close(std::uint16_t code, std::string_view reason) override;

  // The rest is for the connection, on its loop.

  void attach(std::weak_ptr<SocketPump> pump);
  // The oldest message; it stays and counts until taken(). None: the next send() calls pump().
  std::shared_ptr<const std::string> next();
  // The message of next() is on its way. True when the queue has emptied after a refused send.
  bool taken();
  // Set when the queue is empty and close() was called.
  std::optional<CloseRequest> close_request() const;
  // Nothing is taken or called from now on.
  void shut();

 private:
  void wake();

  EventLoop& loop_;
  const std::size_t max_bytes_;
  mutable std::mutex mutex_;
  std::weak_ptr<SocketPump> pump_;
  std::deque<std::shared_ptr<const std::string>> messages_;
  std::size_t bytes_ = 0;
  std::optional<CloseRequest> close_;
  bool awake_ = true;  // pump() will come anyway
  bool refused_ = false;
  bool shut_ = false;
};

}  // namespace linchpin::inbound
