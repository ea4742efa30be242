#pragma once

// One accepted connection as a stream of bytes, plain or TLS. It counts as an open connection for
// as long as it lives.

#include "inbound/http/asio_types.h"

#include <array>
#include <boost/asio/ssl/stream.hpp>
#include <memory>
#include <string>

#include "inbound/http/edge.h"

namespace linchpin::inbound {

using TlsStream = asio::ssl::stream<Socket&>;

class Channel {
 public:
  Channel(Edge& edge, Socket socket);
  ~Channel();
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;

  // Begins TLS where it is configured. False when the peer does not speak it.
  Awaitable<bool> open();
  Awaitable<IoResult> read_some(asio::mutable_buffer space);
  Awaitable<IoResult> write_some(const std::array<asio::const_buffer, 2>& data);
  // Tells the peer that nothing more will come.
  Awaitable<> finish();
  // Reads and forgets until the peer has finished too, or `max_bytes`.
  Awaitable<> discard(std::size_t max_bytes);

  // What waits completes with an error; the channel can still be written to.
  void cancel();
  void close();

  std::string remote_address() const;
  Socket& socket() { return socket_; }
  TlsStream* tls() { return tls_.get(); }

 private:
  Edge& edge_;
  Socket socket_;
  std::unique_ptr<TlsStream> tls_;
};

}  // namespace linchpin::inbound
