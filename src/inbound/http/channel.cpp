#include "inbound/http/channel.h"

namespace linchpin::inbound {
namespace {

constexpr std::size_t discard_piece_bytes = 16 * 1024;

}  // namespace

Channel::Channel(Edge& edge, Socket socket) : edge_(edge), socket_(std::move(socket)) {
  edge_.connection_opened();
  SystemError ignored;
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
  if (edge_.tls()) tls_ = std::make_unique<TlsStream>(socket_, *edge_.tls());
}

Channel::~Channel() {
  close();
  edge_.connection_closed();
}

Awaitable<bool> Channel::open() {
  if (!tls_) co_return true;
  const auto [error] = co_await tls_->async_handshake(asio::ssl::stream_base::server, awaiting);
  co_return !error;
}

Awaitable<IoResult> Channel::read_some(asio::mutable_buffer space) {
  if (tls_) return tls_->async_read_some(space, awaiting);
  return socket_.async_read_some(space, awaiting);
}

Awaitable<IoResult> Channel::write_some(const std::array<asio::const_buffer, 2>& data) {
  if (tls_) return tls_->async_write_some(data, awaiting);
  return socket_.async_write_some(data, awaiting);
}

Awaitable<> Channel::finish() {
  if (tls_) co_await tls_->async_shutdown(awaiting);
  SystemError ignored;
  socket_.shutdown(asio::socket_base::shutdown_send, ignored);
}

Awaitable<> Channel::discard() {
  std::string space(discard_piece_bytes, '\0');
  std::size_t discarded = 0;
  while (discarded < max_discarded_bytes) {
    const asio::mutable_buffer buffer(space.data(), space.size());
    const auto [error, count] = co_await socket_.async_read_some(buffer, awaiting);
    if (error) co_return;
    discarded += count;
  }
}

Awaitable<> Channel::goodbye() {
  co_await finish();
  co_await discard();
}

void Channel::start_read(asio::mutable_buffer space, IoHandler handler) {
  if (tls_) {
    tls_->async_read_some(space, std::move(handler));
  } else {
    socket_.async_read_some(space, std::move(handler));
  }
}

void Channel::start_write(const std::array<asio::const_buffer, 2>& data, IoHandler handler) {
  if (tls_) {
    tls_->async_write_some(data, std::move(handler));
  } else {
    socket_.async_write_some(data, std::move(handler));
  }
}

void Channel::start_goodbye(IoHandler handler) {
  asio::co_spawn(socket_.get_executor(), goodbye(),
                 [then = std::move(handler)](std::exception_ptr) mutable { then({}, 0); });
}

void Channel::cancel() {
  SystemError ignored;
  socket_.cancel(ignored);
}

void Channel::close() {
  SystemError ignored;
  socket_.close(ignored);
}

std::string Channel::remote_address() const {
  SystemError error;
  const asio::ip::tcp::endpoint remote = socket_.remote_endpoint(error);
  return error ? std::string() : remote.address().to_string();
}

}  // namespace linchpin::inbound
