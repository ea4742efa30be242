#pragma once

// What all connections of a server share.

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "inbound/http/answer.h"
#include "inbound/http/server.h"
#include "inbound/http/work_pool.h"

namespace boost::asio::ssl {
class context;
}

namespace linchpin::inbound {

class Edge {
 public:
  Edge(HttpConfig config, RequestHandler& handler);
  ~Edge();

  const HttpConfig& config() const { return config_; }
  const HttpLimits& limits() const { return config_.limits; }
  RequestHandler& handler() { return handler_; }
  WorkPool& pool(WorkKind kind) { return kind == WorkKind::read ? readers_ : writers_; }
  boost::asio::ssl::context* tls() { return tls_.get(); }
  void use_tls(std::unique_ptr<boost::asio::ssl::context> tls);

  // On a pool thread: the handler's answer, ready to be sent. Never fails; says in `context` when
  // the connection is to be closed after all.
  Answer answer(Request request, AnswerContext& context);
  // On a pool thread, as RequestHandler::open_socket.
  Result<std::shared_ptr<SocketSession>> open_socket(const RequestHead& head,
                                                     std::shared_ptr<SocketPeer> peer);
  // A response that exists already, ready to be sent.
  Answer prepared(Response response, const AnswerContext& context);
  // What the edge itself refuses.
  Answer problem(const RequestHead& head, const AnswerContext& context, const Error& error);

  std::string next_request_id();

  bool draining() const { return draining_.load(std::memory_order_relaxed); }
  void begin_draining() { draining_ = true; }

  void count_request() { requests_.fetch_add(1, std::memory_order_relaxed); }
  void count_refusal() { refused_.fetch_add(1, std::memory_order_relaxed); }
  void connection_opened() { ++connections_; }
  void connection_closed();
  std::int64_t open_connections() const { return connections_; }
  void socket_opened() { ++sockets_; }
  void socket_closed() { --sockets_; }
  HttpCounters counters() const;

  // False when connections are still open at the end of `time`.
  bool wait_until_closed(std::chrono::milliseconds time);
  void stop_pools();

 private:
  const HttpConfig config_;
  RequestHandler& handler_;
  WorkPool readers_;
  WorkPool writers_;
  Compressor compressor_;
  std::unique_ptr<boost::asio::ssl::context> tls_;
  const std::uint64_t first_request_;
  std::atomic<std::uint64_t> last_request_{0};
  std::atomic<std::int64_t> requests_{0};
  std::atomic<std::int64_t> refused_{0};
  std::atomic<std::int64_t> connections_{0};
  std::atomic<std::int64_t> sockets_{0};
  std::atomic<bool> draining_{false};
  std::mutex mutex_;
  std::condition_variable all_closed_;
};

}  // namespace linchpin::inbound
