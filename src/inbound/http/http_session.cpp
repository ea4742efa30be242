#include "inbound/http/http_session.h"

#include <array>

#include "inbound/http/hop.h"

namespace linchpin::inbound {
namespace {

constexpr std::size_t first_buffer_bytes = 2 * 1024;
constexpr std::size_t idle_buffer_bytes = 4 * 1024;
constexpr std::size_t file_piece_bytes = 64 * 1024;
constexpr std::size_t write_piece_bytes = 64 * 1024;  // what write_time is for

// The address of the client as the proxy next to us saw it: the last one in the list.
std::string_view forwarded_address(std::string_view forwarded_for) {
  const std::size_t comma = forwarded_for.rfind(',');
  if (comma != std::string_view::npos) forwarded_for.remove_prefix(comma + 1);
  forwarded_for.remove_prefix(std::min(forwarded_for.find_first_not_of(' '), forwarded_for.size()));
  return forwarded_for;
}

}  // namespace

void HttpSession::start(Edge& edge, EventLoop& loop, std::unique_ptr<Channel> channel) {
  auto session = std::make_unique<HttpSession>(edge, loop, std::move(channel));
  asio::co_spawn(loop.executor(), live(std::move(session)), asio::detached);
}

HttpSession::HttpSession(Edge& edge, EventLoop& loop, std::unique_ptr<Channel> channel)
    : Connection(loop),
      edge_(edge),
      channel_(std::move(channel)),
      remote_address_(channel_->remote_address()) {}

void HttpSession::on_deadline() {
  timed_out_ = true;
  if (channel_) channel_->cancel();
}

void HttpSession::on_drain() {
  if (idle_ && channel_) channel_->cancel();
}

void HttpSession::on_abort() {
  if (channel_) channel_->close();
}

Awaitable<> HttpSession::live(std::unique_ptr<HttpSession> session) {
  co_await session->run();
}

Awaitable<> HttpSession::run() {
  set_deadline(edge_.limits().header_time);
  bool alive = co_await channel_->open();
  while (alive) {
    alive = co_await read_head();
    if (alive) alive = co_await serve();
  }
  if (channel_) co_await close();
}

Awaitable<bool> HttpSession::read_head() {
  const HttpLimits& limits = edge_.limits();
  buffer_.relax(idle_buffer_bytes);
  parser_.emplace(limits.uri_bytes, limits.header_bytes);
  idle_ = buffer_.empty();
  if (idle_ && edge_.draining()) co_return false;
  // A new connection is there for a request; one that is kept may wait for its next.
  set_deadline(idle_ && !first_ ? limits.keep_alive_time : limits.header_time);
  first_ = false;
  for (;;) {
    while (!parser_->begun() && buffer_.text().starts_with("\r\n")) buffer_.consume(2);
    if (!buffer_.empty()) {
      std::size_t used = 0;
      const Outcome outcome = parser_->read_head(buffer_.text(), used);
      buffer_.consume(used);
      if (outcome == Outcome::ready) {
        clear_deadline();
        co_return true;
      }
      if (outcome != Outcome::need_more) {
        const Error error = parse_error(outcome);
        co_await refuse(error);
        co_return false;
      }
    }
    const bool received = co_await receive(first_buffer_bytes, limits.header_bytes);
    if (!received) {
      if (!idle_) co_await give_up();
      co_return false;
    }
    if (idle_) set_deadline(limits.header_time);
    idle_ = false;
  }
}

Awaitable<bool> HttpSession::serve() {
  complete_head();
  edge_.count_request();
  RequestHead& head = parser_->head();
  RequestPlan plan = edge_.handler().plan(head);
  body_ = plan.body;
  raw_upload_ = plan.raw_upload;
  upload_limit_ = edge_.limits().upload_bytes;
  if (plan.upload_bytes > 0) upload_limit_ = std::min(upload_limit_, plan.upload_bytes);
  check_head(plan);
  if (plan.refusal) {
    edge_.count_refusal();
    context_.keep_alive = context_.keep_alive && can_skip_body();
    answer_ = edge_.prepared(std::move(*plan.refusal), context_);
    co_return co_await send_and_skip();
  }
  if (parser_->is_upgrade() && head.method == Method::get) {
    co_return co_await serve_upgrade(plan.work);
  }
  request_.emplace();
  bool read = true;
  if (body_ == RequestPlan::Body::memory) {
    read = co_await read_memory_body();
  } else if (body_ == RequestPlan::Body::upload) {
    read = co_await read_upload();
  }
  if (!read) {
    request_.reset();
    co_return false;
  }
  request_->head = std::move(head);
  context_.keep_alive = context_.keep_alive && can_skip_body();
  co_return co_await handle(plan.work);
}

Awaitable<bool> HttpSession::handle(WorkKind kind) {
  auto work = [this] { answer_ = edge_.answer(std::move(*request_), context_); };
  const bool taken = co_await hop(edge_.pool(kind), loop(), Queueing::bounded, work);
  if (!taken) {
    Error error = Error::of(ErrorCode::overloaded);
    error.retry_after_seconds = 1;
    set_problem(request_->head, error);
  }
  request_.reset();
  co_return co_await send_and_skip();
}

// What both an answer on the head alone and a complete one end with.
Awaitable<bool> HttpSession::send_and_skip() {
  lingers_ = !parser_->complete();
  const bool sent = co_await send();
  const bool kept = answer_.keep_alive && !edge_.draining();
  answer_ = Answer();  // an idle connection holds no body
  if (!sent || !kept) co_return false;
  if (parser_->complete()) co_return true;
  const bool skipped = co_await skip_body();
  lingers_ = !skipped;
  co_return skipped;
}

Awaitable<bool> HttpSession::skip_body() {
  set_deadline(edge_.limits().body_time);
  for (;;) {
    std::size_t used = 0;
    const Outcome outcome = parser_->read_body(buffer_.text(), used, max_skipped_body_bytes);
    buffer_.consume(used);
    parser_->body().clear();
    if (outcome == Outcome::ready) co_return true;
    if (outcome != Outcome::need_more) co_return false;
    const bool received = co_await receive(first_buffer_bytes, max_skipped_body_bytes);
    if (!received) co_return false;
  }
}

Awaitable<bool> HttpSession::send() {
  const std::string_view body = answer_.memory_body();
  const bool sent = co_await write(answer_.head, body);
  if (!sent) co_return false;
  if (!answer_.file) co_return true;
  co_return co_await send_file();
}

Awaitable<bool> HttpSession::send_file() {
  std::vector<char> piece(file_piece_bytes);
  while (answer_.file_bytes > 0) {
    const auto wanted =
        static_cast<std::size_t>(std::min<std::int64_t>(file_piece_bytes, answer_.file_bytes));
    const std::span<char> space(piece.data(), wanted);
    Result<std::size_t> count = std::size_t{0};
    auto work = [this, space, &count] { count = answer_.file.read_at(answer_.file_offset, space); };
    co_await hop(edge_.pool(WorkKind::read), loop(), Queueing::always, work);
    // The length is promised: a file that has become shorter ends the connection.
    if (!count || *count != wanted) co_return false;
    const std::string_view data(piece.data(), wanted);
    const std::string_view nothing;
    const bool written = co_await write(data, nothing);
    if (!written) co_return false;
    answer_.file_offset += static_cast<std::int64_t>(wanted);
    answer_.file_bytes -= static_cast<std::int64_t>(wanted);
  }
  answer_.file.close();
  co_return true;
}

Awaitable<bool> HttpSession::write(std::string_view first, std::string_view second) {
  set_deadline(edge_.limits().write_time);
  std::size_t progress = 0;
  while (!first.empty() || !second.empty()) {
    const std::array<asio::const_buffer, 2> data{const_buffer(first), const_buffer(second)};
    const auto [error, count] = co_await channel_->write_some(data);
    if (error || timed_out_) co_return false;
    const std::size_t of_first = std::min(count, first.size());
    first.remove_prefix(of_first);
    second.remove_prefix(count - of_first);
    progress += count;
    if (progress >= write_piece_bytes) {
      progress = 0;
      set_deadline(edge_.limits().write_time);
    }
  }
  clear_deadline();
  co_return true;
}

Awaitable<bool> HttpSession::receive(std::size_t min_buffer, std::size_t max_buffer) {
  const std::span<char> space = buffer_.prepare(std::min(min_buffer, max_buffer), max_buffer);
  if (space.empty()) co_return false;
  const asio::mutable_buffer target(space.data(), space.size());
  const auto [error, count] = co_await channel_->read_some(target);
  if (error || timed_out_) co_return false;
  buffer_.commit(count);
  co_return true;
}

Awaitable<> HttpSession::give_up() {
  if (!timed_out_) co_return;
  timed_out_ = false;
  const Error error = Error::of(ErrorCode::request_timeout);
  co_await refuse(error);
}

Awaitable<> HttpSession::refuse(const Error& error) {
  complete_head();
  context_.keep_alive = false;  // nobody knows where the next request would begin
  set_problem(parser_->head(), error);
  lingers_ = true;
  co_await send();
}

void HttpSession::set_problem(const RequestHead& head, const Error& error) {
  context_.keep_alive = context_.keep_alive && can_skip_body();
  answer_ = edge_.problem(head, context_, error);
}

// A socket that is closed with unread data is reset, and the peer may lose the last answer.
Awaitable<> HttpSession::close() {
  timed_out_ = false;
  set_deadline(closing_time);
  if (lingers_ || channel_->secure()) co_await channel_->finish();
  if (lingers_ && !timed_out_) co_await channel_->discard();
  clear_deadline();
}

// Adds to the head what the client did not say itself.
void HttpSession::complete_head() {
  RequestHead& head = parser_->head();
  if (head.request_id.empty()) head.request_id = edge_.next_request_id();
  head.remote_address = remote_address_;
  head.secure = channel_->secure();
  const std::string& proxy = edge_.config().trusted_proxy;
  if (!proxy.empty() && proxy == remote_address_) {
    const std::string_view client = forwarded_address(head.header("x-forwarded-for"));
    if (!client.empty()) head.remote_address = client;
    head.secure = head.secure || head.header("x-forwarded-proto") == "https";
  }
  context_ = AnswerContext(head);
  context_.http_1_0 = parser_->http_1_0();
  context_.keep_alive = parser_->client_keeps_alive() && !edge_.draining();
}

Error HttpSession::parse_error(Outcome outcome) const {
  switch (outcome) {
    case Outcome::uri_too_long:
      return Error::of(ErrorCode::uri_too_long);
    case Outcome::header_too_large:
      return Error::of(ErrorCode::header_too_large);
    case Outcome::body_too_large:
      return Error::of(ErrorCode::payload_too_large, "body_too_large",
                       {{"limit", std::to_string(body_limit())}});
    default:
      return Error::of(ErrorCode::malformed, "broken_request");
  }
}

}  // namespace linchpin::inbound
