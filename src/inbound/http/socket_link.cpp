#include "inbound/http/socket_link.h"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/websocket/stream.hpp>

#include "inbound/http/channel_stream.h"
#include "inbound/http/hop.h"
#include "inbound/http/socket_calls.h"

namespace linchpin::inbound {

namespace http = boost::beast::http;
namespace websocket = boost::beast::websocket;

namespace {

constexpr std::size_t idle_message_bytes = 4096;  // a larger buffer is given back

class SocketLink final : public Connection,
                         public SocketPump,
                         public std::enable_shared_from_this<SocketLink> {
 public:
  using Self = std::shared_ptr<SocketLink>;

  explicit SocketLink(SocketStart start)
      : Connection(start.loop),
        edge_(start.edge),
        channel_(std::move(start.channel)),
        web_socket_(*channel_),
        peer_(std::move(start.peer)),
        calls_(std::make_shared<SocketCalls>(std::move(start.session))) {
    edge_.socket_opened();
    configure();
  }
  ~SocketLink() override {
    peer_->shut();
    edge_.socket_closed();
  }

  static Awaitable<> run(Self self, RequestHead head) {
    const auto request = upgrade_request(head);
    const auto [error] = co_await self->web_socket_.async_accept(request, awaiting);
    if (!error) {
      self->open_ = true;
      self->pump();
      co_await self->read();
    }
    self->open_ = false;
    self->peer_->shut();
    self->channel_->close();
    SocketCalls& calls = *self->calls_;
    auto closed = [&calls] { calls.closed(); };
    co_await hop(self->edge_.pool(WorkKind::read), self->loop(), Queueing::always, closed);
  }

  void attach() { peer_->attach(weak_from_this()); }

  void pump() override {
    if (!open_ || busy_ || closing_) return;
    message_ = peer_->next();
    if (!message_) {
      if (const auto request = peer_->close_request()) close(request->code, request->reason);
      return;
    }
    busy_ = true;
    set_deadline(edge_.limits().write_time);
    web_socket_.async_write(
        const_buffer(*message_),
        [self = shared_from_this()](SystemError error, std::size_t) { self->written(error); });
  }

  void on_deadline() override { channel_->close(); }
  void on_drain() override { peer_->close(websocket::going_away, ""); }
  void on_abort() override { channel_->close(); }
  void on_abandoned() override {
    peer_->shut();
    calls_->closed();
  }

 private:
  void configure() {
    const HttpLimits& limits = edge_.limits();
    websocket::stream_base::timeout timeout{};
    timeout.handshake_timeout = limits.header_time;
    timeout.idle_timeout = limits.socket_ping_time * 2;
    timeout.keep_alive_pings = true;
    web_socket_.set_option(timeout);
    web_socket_.read_message_max(limits.socket_message_bytes);
    // A message goes out as one frame, from the string that all its receivers share.
    web_socket_.auto_fragment(false);
    web_socket_.text(true);
  }

  static http::request<http::empty_body> upgrade_request(const RequestHead& head) {
    http::request<http::empty_body> request(http::verb::get, head.path, 11);
    for (const auto& [name, value] : head.headers) request.insert(name, value);
    return request;
  }

  Awaitable<> read() {
    for (;;) {
      const auto [error, count] = co_await web_socket_.async_read(buffer_, awaiting);
      if (error) co_return;
      if (!web_socket_.got_text()) {
        close(websocket::unknown_data, "");
      } else {
        const asio::const_buffer data = buffer_.cdata();
        const std::string_view text(static_cast<const char*>(data.data()), data.size());
        bool alive = true;
        auto call = [this, text, &alive] { alive = calls_->text(text); };
        co_await hop(edge_.pool(WorkKind::read), loop(), Queueing::always, call);
        if (!alive) close(websocket::internal_error, "");
      }
      buffer_.consume(buffer_.size());
      if (buffer_.capacity() > idle_message_bytes) buffer_.shrink_to_fit();
    }
  }

  void written(SystemError error) {
    busy_ = false;
    clear_deadline();
    message_.reset();
    if (error) {
      channel_->close();
      return;
    }
    if (peer_->taken()) submit_drained(edge_.pool(WorkKind::read), calls_);
    pump();
  }

  // The end of the closing handshake is seen by read().
  void close(std::uint16_t code, std::string_view reason) {
    if (closing_ || !open_) return;
    closing_ = true;
    const websocket::close_reason words(static_cast<websocket::close_code>(code), reason);
    web_socket_.async_close(words, [self = shared_from_this()](SystemError error) {
      if (error) self->channel_->close();
    });
  }

  Edge& edge_;
  std::unique_ptr<Channel> channel_;
  websocket::stream<ChannelStream, false> web_socket_;
  boost::beast::flat_buffer buffer_;
  std::shared_ptr<PeerQueue> peer_;
  std::shared_ptr<SocketCalls> calls_;
  std::shared_ptr<const std::string> message_;  // being written
  bool open_ = false;
  bool busy_ = false;
  bool closing_ = false;
};

}  // namespace

void start_socket(SocketStart start) {
  EventLoop& loop = start.loop;
  RequestHead head = std::move(start.head);
  auto link = std::make_shared<SocketLink>(std::move(start));
  link->attach();
  asio::co_spawn(loop.executor(), SocketLink::run(link, std::move(head)), asio::detached);
}

}  // namespace linchpin::inbound
