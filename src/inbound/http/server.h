#pragma once

// The HTTP/1.1 and WebSocket edge: connections, limits, time-outs, compression. It owns sockets and
// event loops and knows nothing of records. Handlers run on bounded pools, never on an event loop.

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "inbound/http/message.h"

namespace linchpin::inbound {

struct HttpLimits {
  std::size_t uri_bytes = 8 * 1024;
  std::size_t header_bytes = 16 * 1024;
  std::size_t body_bytes = 1 << 20;
  std::int64_t upload_bytes = std::int64_t{512} << 20;  // of the file in it
  std::size_t connections = 12'000;
  // Accepted but not begun, readers and writers each; beyond it 503 `overloaded`.
  std::size_t waiting_requests = 4096;
  std::chrono::milliseconds header_time{10'000};
  std::chrono::milliseconds body_time{30'000};  // an upload: per MiB received
  std::chrono::milliseconds keep_alive_time{75'000};
  std::chrono::milliseconds write_time{30'000};  // per 64 KiB taken by the client
  std::size_t socket_queue_bytes = 256 * 1024;   // per WebSocket; a slower client is told to resync
  std::size_t socket_message_bytes = 64 * 1024;
  // A silent WebSocket is pinged this often, and closed when it says nothing for twice the time.
  std::chrono::milliseconds socket_ping_time{30'000};
};

struct HttpConfig {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;        // 0 = any free one
  std::string certificate_file;  // both set = TLS
  std::string private_key_file;
  // Requests from this address carry the client's in X-Forwarded-For, and X-Forwarded-Proto.
  std::string trusted_proxy;
  std::string upload_folder;
  int event_loops = 2;
  int readers = 4;   // threads for requests that only read
  int writers = 64;  // threads for requests that wait for the disk; started when needed
  HttpLimits limits;
};

enum class WorkKind { read, write };

// What the server must know before it reads a body.
struct RequestPlan {
  enum class Body { none, memory, upload };
  WorkKind work = WorkKind::read;
  Body body = Body::none;
  bool raw_upload = false;        // of an upload: a body that is no multipart is the file itself
  std::int64_t upload_bytes = 0;  // of an upload: a narrower limit than the server's; 0 = none
  // Set when the request is refused on its head alone: nothing of the body is read.
  std::optional<Response> refusal;
};

// The sending side of one WebSocket. Safe from any thread.
class SocketPeer {
 public:
  virtual ~SocketPeer() = default;
  // False when the queue is full: the message was not taken, and the peer is to be told to resync
  // once SocketSession::on_drained comes. False as well, without an on_drained, once it is closed.
  virtual bool send(std::shared_ptr<const std::string> text) = 0;
  // After what is queued. `reason` ≤ 123 bytes.
  virtual void close(std::uint16_t code, std::string_view reason) = 0;
};

// The receiving side, made by the handler. Calls come one after another, on pool threads; on_closed
// is the last one, and the session is destroyed after it.
class SocketSession {
 public:
  virtual ~SocketSession() = default;
  virtual void on_text(std::string_view text) = 0;
  // The queue has emptied after a `send` that was refused.
  virtual void on_drained() = 0;
  virtual void on_closed() = 0;
};

class RequestHandler {
 public:
  virtual ~RequestHandler() = default;
  // Cheap, on the event loop: route and limits only.
  virtual RequestPlan plan(const RequestHead& head) = 0;
  // On a pool thread. Never throws.
  virtual Response answer(Request request) = 0;
  // On a pool thread, for an upgrade to WebSocket. Error = the upgrade is refused with it.
  virtual Result<std::shared_ptr<SocketSession>> open_socket(const RequestHead& head,
                                                             std::shared_ptr<SocketPeer> peer) = 0;
  // An error as an answer (for what the edge itself refuses), in the language of the request.
  virtual Response problem(const RequestHead& head, const Error& error) = 0;
};

struct HttpCounters {
  std::int64_t requests = 0;
  std::int64_t refused = 0;
  std::int64_t open_connections = 0;
  std::int64_t open_sockets = 0;
};

class HttpServer {
 public:
  virtual ~HttpServer() = default;
  // Errors: `port_taken` {address, port}, `address_unusable` {address}, `certificate_unusable`
  // {file}.
  virtual Status start() = 0;
  virtual std::uint16_t port() const = 0;
  // Stops accepting, lets requests that have begun finish, then closes. Within `grace`; a handler
  // that takes longer is waited for by the destructor.
  virtual void drain(std::chrono::milliseconds grace) = 0;
  virtual HttpCounters counters() const = 0;
};

std::unique_ptr<HttpServer> make_http_server(HttpConfig config, RequestHandler& handler);

}  // namespace linchpin::inbound
