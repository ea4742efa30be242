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

constexpr std::size_t max_discarded_bytes = 16 << 20;  // what a peer still sends to a closed door

// A completion handler of any type.
class IoHandler {
 public:
  template <class Handler>
  explicit IoHandler(Handler handler)
      : target_(std::make_unique<Target<Handler>>(std::move(handler))) {}
  void operator()(SystemError error, std::size_t count) {
    const std::unique_ptr<AnyTarget> target = std::move(target_);
    target->complete(error, count);
  }

 private:
  struct AnyTarget {
    virtual ~AnyTarget() = default;
    virtual void complete(SystemError error, std::size_t count) = 0;
  };
  template <class Handler>
  struct Target final : AnyTarget {
    explicit Target(Handler wrapped) : handler(std::move(wrapped)) {}
    void complete(SystemError error, std::size_t count) override { handler(error, count); }
    Handler handler;
  };

  std::unique_ptr<AnyTarget> target_;
};

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
  // Reads and forgets until the peer has finished too, or max_discarded_bytes.
  Awaitable<> discard();

  // The same for callers that are not coroutines; the handler is never called at once.
  void start_read(asio::mutable_buffer space, IoHandler handler);
  void start_write(const std::array<asio::const_buffer, 2>& data, IoHandler handler);
  void start_goodbye(IoHandler handler);  // finish, then discard

  // What waits completes with an error; the channel can still be written to.
  void cancel();
  void close();

  std::string remote_address() const;
  Socket& socket() { return socket_; }
  bool secure() const { return tls_ != nullptr; }

 private:
  Awaitable<> goodbye();

  Edge& edge_;
  Socket socket_;
  std::unique_ptr<TlsStream> tls_;
};

}  // namespace linchpin::inbound
