#pragma once

// The Asio types of the edge. Everything that uses Asio or Beast includes this first: the bodies of
// both libraries are compiled once, in beast_impl.cpp. An executor is always that of an EventLoop,
// by its own type: the type-erased one costs a virtual call for every step.

#define BOOST_ASIO_SEPARATE_COMPILATION
#define BOOST_BEAST_SEPARATE_COMPILATION
#define BOOST_ASIO_NO_DEPRECATED

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <string_view>
#include <tuple>

// gcc 12 sees through Asio's allocation of coroutine frames but not through its release of them.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

namespace linchpin::inbound {

namespace asio = boost::asio;

using SystemError = boost::system::error_code;
using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, Executor>;
using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                         asio::wait_traits<std::chrono::steady_clock>, Executor>;

template <class T = void>
using Awaitable = asio::awaitable<T, Executor>;
using IoResult = std::tuple<SystemError, std::size_t>;

// Completes with {error, result}: nothing at the edge throws. gcc 12 destroys aggregate temporaries
// of a co_await expression twice, so every argument there is a named value or a function's result.
using Awaiting = asio::as_tuple_t<asio::use_awaitable_t<Executor>>;
inline const Awaiting awaiting = Awaiting(asio::use_awaitable_t<Executor>());

inline asio::const_buffer const_buffer(std::string_view text) {
  return asio::const_buffer(text.data(), text.size());
}

}  // namespace linchpin::inbound
