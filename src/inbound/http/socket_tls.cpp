#include "inbound/http/asio_types.h"

#include <boost/beast/websocket/ssl.hpp>

#include "inbound/http/socket_stream.h"

namespace linchpin::inbound {

void start_tls_socket(SocketStart start) {
  TlsStream& stream = *start.channel->tls();
  start_socket(std::move(start), stream);
}

}  // namespace linchpin::inbound
