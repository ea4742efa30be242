#pragma once

// A channel as the stream that Beast's WebSocket wants. One type for plain connections and TLS:
// the protocol is compiled once, at the price of one allocation for each operation.

#include "inbound/http/asio_types.h"

#include <boost/asio/async_result.hpp>
#include <boost/beast/websocket/teardown.hpp>
#include <memory>
#include <utility>

#include "inbound/http/channel.h"

namespace linchpin::inbound {

class ChannelStream {
 public:
  using executor_type = Executor;

  explicit ChannelStream(Channel& channel) : channel_(channel) {}
  executor_type get_executor() { return channel_.socket().get_executor(); }

  template <class Buffers, class Token>
  auto async_read_some(const Buffers& buffers, Token&& token) {
    return asio::async_initiate<Token, void(SystemError, std::size_t)>(
        [this](auto handler, asio::mutable_buffer space) {
          channel_.start_read(space, IoHandler(std::move(handler)));
        },
        token, first_of<asio::mutable_buffer>(buffers)[0]);
  }

  template <class Buffers, class Token>
  auto async_write_some(const Buffers& buffers, Token&& token) {
    return asio::async_initiate<Token, void(SystemError, std::size_t)>(
        [this](auto handler, const std::array<asio::const_buffer, 2>& data) {
          channel_.start_write(data, IoHandler(std::move(handler)));
        },
        token, first_of<asio::const_buffer>(buffers));
  }

  // Found by Beast: how a connection ends that has said goodbye, and one that has not.
  template <class Handler>
  friend void async_teardown(boost::beast::role_type, ChannelStream& stream, Handler&& handler) {
    stream.channel_.start_goodbye(
        IoHandler([then = std::forward<Handler>(handler)](SystemError error, std::size_t) mutable {
          then(error);
        }));
  }
  friend void beast_close_socket(ChannelStream& stream) { stream.channel_.close(); }

 private:
  // The first buffers that are not empty: an operation may do less than it is asked.
  template <class Buffer, class Buffers>
  static std::array<Buffer, 2> first_of(const Buffers& buffers) {
    std::array<Buffer, 2> first;
    std::size_t count = 0;
    const auto end = asio::buffer_sequence_end(buffers);
    for (auto at = asio::buffer_sequence_begin(buffers); at != end && count < 2; ++at) {
      const Buffer buffer = *at;
      if (buffer.size() > 0) first[count++] = buffer;
    }
    return first;
  }

  Channel& channel_;
};

}  // namespace linchpin::inbound
