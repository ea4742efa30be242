#include "inbound/http/server.h"

#include <sys/resource.h>

#include <algorithm>

#include "base/log.h"
#include "inbound/http/edge.h"
#include "inbound/http/event_loop.h"
#include "inbound/http/file.h"
#include "inbound/http/http_session.h"
#include "inbound/http/tls.h"

namespace linchpin::inbound {
namespace {

constexpr std::chrono::milliseconds longest_sweep_time{250};
constexpr std::chrono::milliseconds shortest_sweep_time{10};
constexpr std::chrono::milliseconds accept_pause{100};  // when no descriptor is left
constexpr std::size_t other_descriptors = 512;          // databases, files, temporary files

// Deadlines are kept to a quarter of the shortest of them.
std::chrono::milliseconds sweep_time(const HttpLimits& limits) {
  const auto shortest = std::min({limits.header_time, limits.body_time, limits.keep_alive_time,
                                  limits.write_time, limits.socket_ping_time});
  return std::clamp(shortest / 4, shortest_sweep_time, longest_sweep_time);
}

// As many files as the connections need, where the system allows it.
void raise_descriptor_limit(std::size_t connections) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  const rlim_t wanted = connections + other_descriptors;
  if (limit.rlim_cur >= wanted) return;
  limit.rlim_cur = std::min(wanted, limit.rlim_max);
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

class Server final : public HttpServer {
 public:
  Server(HttpConfig config, RequestHandler& handler) : edge_(std::move(config), handler) {
    const int count = std::max(1, edge_.config().event_loops);
    for (int i = 0; i < count; ++i) {
      loops_.push_back(std::make_unique<EventLoop>(sweep_time(edge_.limits())));
    }
  }

  ~Server() override {
    drain(std::chrono::milliseconds(0));
    edge_.stop_pools();
    acceptor_.reset();
    loops_.clear();
  }

  Status start() override {
    const HttpConfig& config = edge_.config();
    if (!config.certificate_file.empty()) {
      LP_TRY(auto tls, make_tls_context(config.certificate_file, config.private_key_file));
      edge_.use_tls(std::move(tls));
    }
    LP_CHECK(listen());
    raise_descriptor_limit(config.limits.connections);
    if (!config.upload_folder.empty()) remove_stale_temporaries(config.upload_folder);
    asio::co_spawn(loops_.front()->executor(), accept_all(), asio::detached);
    for (const auto& loop : loops_) loop->start();
    started_ = true;
    return {};
  }

  std::uint16_t port() const override { return port_; }
  HttpCounters counters() const override { return edge_.counters(); }

  void drain(std::chrono::milliseconds grace) override {
    if (!started_) return;
    started_ = false;
    edge_.begin_draining();
    loops_.front()->post([this] {
      SystemError ignored;
      acceptor_->close(ignored);
    });
    tell_connections(&Connection::on_drain);
    // The last tenth is for connections that are ended while their requests still run.
    const std::chrono::milliseconds last = grace / 10;
    if (!edge_.wait_until_closed(grace - last)) {
      tell_connections(&Connection::on_abort);
      edge_.wait_until_closed(last);
    }
    for (const auto& loop : loops_) loop->stop();
  }

 private:
  Status listen() {
    const HttpConfig& config = edge_.config();
    SystemError error;
    const asio::ip::address address = asio::ip::make_address(config.address, error);
    if (error) return address_unusable(error);
    const asio::ip::tcp::endpoint endpoint(address, config.port);
    acceptor_ = std::make_unique<Acceptor>(loops_.front()->executor());
    acceptor_->open(endpoint.protocol(), error);
    if (error) return address_unusable(error);
    acceptor_->set_option(asio::socket_base::reuse_address(true), error);
    acceptor_->bind(endpoint, error);
    if (!error) acceptor_->listen(asio::socket_base::max_listen_connections, error);
    if (error == asio::error::address_in_use || error == asio::error::access_denied) {
      return Error::of(ErrorCode::in_use, "port_taken",
                       {{"address", config.address}, {"port", std::to_string(config.port)}});
    }
    if (error) return address_unusable(error);
    port_ = acceptor_->local_endpoint(error).port();
    return {};
  }

  Error address_unusable(const SystemError& reason) const {
    Error error = Error::of(ErrorCode::invalid_state, "address_unusable",
                            {{"address", edge_.config().address}});
    error.log_detail = reason.message();
    return error;
  }

  // One acceptor hands the connections round: with a listening socket per loop the kernel would
  // let a second server share a port that is taken, and spread a few connections unevenly.
  Awaitable<> accept_all() {
    std::size_t next = 0;
    while (acceptor_->is_open()) {
      EventLoop& loop = *loops_[next];
      next = (next + 1) % loops_.size();
      Socket socket(loop.executor());
      const auto [error] = co_await acceptor_->async_accept(socket, awaiting);
      if (error == asio::error::operation_aborted) co_return;
      if (error == asio::error::no_descriptors || error == asio::error::no_memory) {
        log_warning("connection_not_accepted", {{"reason", error.message()}});
        Timer pause(acceptor_->get_executor());
        pause.expires_after(accept_pause);
        co_await pause.async_wait(awaiting);
      }
      if (error) continue;
      take(loop, std::move(socket));
    }
  }

  void take(EventLoop& loop, Socket socket) {
    if (edge_.draining()) return;
    const auto limit = static_cast<std::int64_t>(edge_.limits().connections);
    if (edge_.open_connections() >= limit) {
      turn_away(socket);
      return;
    }
    auto channel = std::make_unique<Channel>(edge_, std::move(socket));
    loop.post([this, &loop, accepted = std::move(channel)]() mutable {
      HttpSession::start(edge_, loop, std::move(accepted));
    });
  }

  // One write into an empty buffer: it never waits. TLS would need a handshake first.
  void turn_away(Socket& socket) {
    if (edge_.tls()) {
      edge_.count_refusal();
      return;
    }
    RequestHead head;
    head.request_id = edge_.next_request_id();
    AnswerContext context(head);
    context.keep_alive = false;
    Error error = Error::of(ErrorCode::overloaded, "too_many_connections");
    error.retry_after_seconds = 1;
    const Answer answer = edge_.problem(head, context, error);
    const std::string text = answer.head + std::string(answer.memory_body());
    SystemError ignored;
    socket.non_blocking(true, ignored);
    socket.write_some(const_buffer(text), ignored);
    socket.shutdown(asio::socket_base::shutdown_send, ignored);
  }

  void tell_connections(void (Connection::*call)()) {
    for (const auto& loop : loops_) {
      EventLoop* each = loop.get();
      each->post([each, call] {
        for (Connection* connection : each->connections()) (connection->*call)();
      });
    }
  }

  Edge edge_;
  std::vector<std::unique_ptr<EventLoop>> loops_;
  std::unique_ptr<Acceptor> acceptor_;
  std::uint16_t port_ = 0;
  bool started_ = false;
};

}  // namespace

std::unique_ptr<HttpServer> make_http_server(HttpConfig config, RequestHandler& handler) {
  return std::make_unique<Server>(std::move(config), handler);
}

}  // namespace linchpin::inbound
