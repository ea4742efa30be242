#pragma once

// A WebSocket connection from its upgrade to its end.

#include <memory>
#include <mutex>

#include "inbound/http/channel.h"
#include "inbound/http/edge.h"
#include "inbound/http/socket_peer.h"

namespace linchpin::inbound {

// Calls into a SocketSession: one after another, and none after on_closed.
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

struct SocketStart {
  Edge& edge;
  EventLoop& loop;
  std::unique_ptr<Channel> channel;
  RequestHead head;
  std::shared_ptr<PeerQueue> peer;
  std::shared_ptr<SocketSession> session;
};

// Answers the upgrade and goes on by itself. On the loop.
void start_plain_socket(SocketStart start);
void start_tls_socket(SocketStart start);

}  // namespace linchpin::inbound
