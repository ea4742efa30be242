#pragma once

// A WebSocket connection from its upgrade to its end.

#include <memory>

#include "inbound/http/channel.h"
#include "inbound/http/edge.h"
#include "inbound/http/socket_peer.h"

namespace linchpin::inbound {

struct SocketStart {
  Edge& edge;
  EventLoop& loop;
  std::unique_ptr<Channel> channel;
  RequestHead head;
  std::shared_ptr<PeerQueue> peer;
  std::shared_ptr<SocketSession> session;
};

// Answers the upgrade and goes on by itself. On the loop.
void start_socket(SocketStart start);

}  // namespace linchpin::inbound
