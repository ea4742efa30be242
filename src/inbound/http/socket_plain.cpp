#include "inbound/http/asio_types.h"
#include "inbound/http/socket_stream.h"

namespace linchpin::inbound {

void start_plain_socket(SocketStart start) {
  Socket& stream = start.channel->socket();
  start_socket(std::move(start), stream);
}

}  // namespace linchpin::inbound
