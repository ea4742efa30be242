#pragma once

// One HTTP/1.1 connection: request after request, in order, until it is closed or becomes a
// WebSocket.

#include <memory>
#include <optional>
#include <string>

#include "inbound/http/answer.h"
#include "inbound/http/channel.h"
#include "inbound/http/edge.h"
#include "inbound/http/event_loop.h"
#include "inbound/http/read_buffer.h"
#include "inbound/http/request_parser.h"
#include "inbound/http/upload.h"

namespace linchpin::inbound {

constexpr std::size_t max_skipped_body_bytes = 64 * 1024;  // to keep a refused connection
constexpr std::chrono::milliseconds closing_time{3000};    // for the peer to read the refusal

class HttpSession final : public Connection {
 public:
  // On the loop; the connection goes on by itself.
  static void start(Edge& edge, EventLoop& loop, std::unique_ptr<Channel> channel);

  HttpSession(Edge& edge, EventLoop& loop, std::unique_ptr<Channel> channel);

  void on_deadline() override;
  void on_drain() override;
  void on_abort() override;

 private:
  using Outcome = RequestParser::Outcome;

  static Awaitable<> live(std::unique_ptr<HttpSession> session);
  Awaitable<> run();
  // Each gives false when the connection is to be closed.
  Awaitable<bool> read_head();
  Awaitable<bool> serve();
  Awaitable<bool> serve_upgrade(WorkKind work);
  Awaitable<bool> read_memory_body();
  Awaitable<bool> read_upload();
  Awaitable<bool> receive_upload(Status& status);
  Awaitable<bool> continue_expected();
  Awaitable<bool> handle(WorkKind work);
  Awaitable<bool> send_and_skip();
  Awaitable<bool> skip_body();
  Awaitable<bool> send();
  Awaitable<bool> send_file();
  Awaitable<bool> write(std::string_view first, std::string_view second);
  Awaitable<bool> receive(std::size_t min_buffer, std::size_t max_buffer);

  // Answers with a problem; the connection is closed afterwards.
  Awaitable<> refuse(const Error& error);
  // After receive() failed: answers when it was the time that ran out.
  Awaitable<> give_up();
  Awaitable<> close();

  void complete_head();
  void check_head(RequestPlan& plan);
  void set_problem(const RequestHead& head, const Error& error);
  bool can_skip_body() const;
  Error parse_error(Outcome outcome) const;
  std::uint64_t body_limit() const;

  Edge& edge_;
  std::unique_ptr<Channel> channel_;  // none once a WebSocket has it
  const std::string remote_address_;
  ReadBuffer buffer_;
  std::optional<RequestParser> parser_;
  RequestPlan::Body body_ = RequestPlan::Body::none;
  bool raw_upload_ = false;
  std::int64_t upload_limit_ = 0;
  AnswerContext context_;
  std::optional<Request> request_;
  std::optional<UploadReceiver> upload_;
  Answer answer_;
  bool first_ = true;
  bool idle_ = true;        // nothing of a request has come
  bool timed_out_ = false;  // the deadline has cancelled what waited
  bool lingers_ = false;    // the peer may still be sending what nobody reads
};

}  // namespace linchpin::inbound
