// What comes after the head of a request: its body, an upload, or the upgrade to a WebSocket.

#include "inbound/http/http_session.h"

#include <boost/algorithm/string/predicate.hpp>

#include <algorithm>
#include <cassert>

#include "base/text.h"
#include "inbound/http/hop.h"
#include "inbound/http/socket_link.h"

namespace linchpin::inbound {
namespace {

constexpr std::size_t min_body_buffer_bytes = 16 * 1024;
constexpr std::size_t max_body_buffer_bytes = 64 * 1024;
constexpr std::size_t upload_buffer_bytes = 128 * 1024;
constexpr std::size_t upload_piece_bytes = 256 * 1024;  // what is written to the disk at once
constexpr std::size_t upload_time_bytes = 1 << 20;      // what body_time is for

// Pages of another site must not open sockets with the cookies of this one; clients that are not
// browsers send no Origin.
bool is_same_origin(const RequestHead& head) {
  std::string_view origin = head.header("origin");
  if (origin.empty()) return true;
  const std::size_t scheme = origin.find("://");
  if (scheme == std::string_view::npos) return false;
  origin.remove_prefix(scheme + 3);
  return boost::algorithm::iequals(origin, head.header("host"));
}

bool is_multipart(std::string_view content_type) {
  return boost::algorithm::istarts_with(trim(content_type), "multipart/");
}

}  // namespace

std::uint64_t HttpSession::body_limit() const {
  if (body_ == RequestPlan::Body::memory) return edge_.limits().body_bytes;
  if (body_ == RequestPlan::Body::none) return max_skipped_body_bytes;
  return static_cast<std::uint64_t>(upload_limit_ + upload_overhead_bytes);
}

// Refuses on the head alone what the body could not make right.
void HttpSession::check_head(RequestPlan& plan) {
  if (plan.refusal || plan.body == RequestPlan::Body::none) return;
  RequestHead& head = parser_->head();
  const std::string_view coding = head.header("content-encoding");
  std::optional<Error> error;
  if (!coding.empty() && !boost::algorithm::iequals(coding, "identity")) {
    error = Error::of(ErrorCode::unsupported_media_type, "body_is_compressed");
  } else if (parser_->announced_length().value_or(0) > body_limit()) {
    error = parse_error(Outcome::body_too_large);
  } else if (plan.body == RequestPlan::Body::upload &&
             !multipart_boundary(head.header("content-type")) &&
             !(raw_upload_ && !is_multipart(head.header("content-type")))) {
    error = Error::of(ErrorCode::unsupported_media_type, "expected_multipart");
  }
  if (error) plan.refusal = edge_.handler().problem(head, *error);
}

// A client that waits for the permission to send may send something else instead.
bool HttpSession::can_skip_body() const {
  const std::optional<std::uint64_t> rest = parser_->remaining_length();
  if (!rest || *rest > max_skipped_body_bytes) return false;
  return *rest == 0 || !parser_->expects_continue();
}

Awaitable<bool> HttpSession::continue_expected() {
  if (!parser_->expects_continue() || parser_->complete() || !buffer_.empty()) co_return true;
  const std::string_view line = "HTTP/1.1 100 Continue\r\n\r\n";
  const std::string_view nothing;
  co_return co_await write(line, nothing);
}

Awaitable<bool> HttpSession::read_memory_body() {
  const bool ready = co_await continue_expected();
  if (!ready) co_return false;
  set_deadline(edge_.limits().body_time);
  for (;;) {
    std::size_t used = 0;
    const Outcome outcome = parser_->read_body(buffer_.text(), used, body_limit());
    buffer_.consume(used);
    if (outcome == Outcome::ready) break;
    if (outcome != Outcome::need_more || buffer_.text().size() >= max_body_buffer_bytes) {
      const Error error = parse_error(outcome);
      co_await refuse(error);
      co_return false;
    }
    const bool received = co_await receive(min_body_buffer_bytes, max_body_buffer_bytes);
    if (!received) {
      co_await give_up();
      co_return false;
    }
  }
  clear_deadline();
  request_->body = std::move(parser_->body());
  co_return true;
}

Awaitable<bool> HttpSession::read_upload() {
  const bool ready = co_await continue_expected();
  if (!ready) co_return false;
  const std::string_view content_type = parser_->head().header("content-type");
  upload_.emplace(edge_.config().upload_folder, multipart_boundary(content_type), upload_limit_);
  set_deadline(edge_.limits().body_time);
  Status status;
  const bool received = co_await receive_upload(status);
  clear_deadline();
  // The file goes with the receiver, on a thread that may wait for the disk, and before the client
  // hears of it.
  auto drop = [this] { upload_.reset(); };
  co_await hop(edge_.pool(WorkKind::write), loop(), Queueing::always, drop);
  if (!status) {
    co_await refuse(status.error());
  } else if (!received) {
    co_await give_up();
  }
  co_return status&& received;
}

// False when the client stops sending; else the upload is complete, or `status` says why not.
Awaitable<bool> HttpSession::receive_upload(Status& status) {
  std::size_t progress = 0;
  for (;;) {
    std::size_t used = 0;
    const Outcome outcome = parser_->read_body(buffer_.text(), used, body_limit());
    buffer_.consume(used);
    progress += used;
    const bool complete = outcome == Outcome::ready;
    const bool more = outcome == Outcome::need_more && buffer_.text().size() < upload_buffer_bytes;
    if (!complete && !more) {
      status = parse_error(outcome);
      co_return true;
    }
    if (complete || parser_->body().size() >= upload_piece_bytes) {
      // The time that the disk takes is not the client's.
      const std::chrono::milliseconds left = time_left();
      clear_deadline();
      auto work = [this, complete, &status] {
        status = upload_->receive(parser_->body());
        if (status && complete) status = upload_->finish(*request_);
        parser_->body().clear();
      };
      co_await hop(edge_.pool(WorkKind::write), loop(), Queueing::always, work);
      if (complete || !status) co_return true;
      set_deadline(left);
    }
    if (progress >= upload_time_bytes) {
      progress = 0;
      set_deadline(edge_.limits().body_time);
    }
    const bool received = co_await receive(upload_buffer_bytes, upload_buffer_bytes);
    if (!received) co_return false;
  }
}

Awaitable<bool> HttpSession::serve_upgrade(WorkKind kind) {
  const RequestHead& head = parser_->head();
  if (!is_same_origin(head)) {
    const Error error = Error::of(ErrorCode::forbidden, "cross_origin");
    set_problem(head, error);
    co_return co_await send_and_skip();
  }
  if (!parser_->complete() || !buffer_.empty()) {
    const Error error = Error::of(ErrorCode::malformed, "broken_request");
    co_await refuse(error);
    co_return false;
  }
  auto peer = std::make_shared<PeerQueue>(loop(), edge_.limits().socket_queue_bytes);
  Result<std::shared_ptr<SocketSession>> session;
  auto work = [this, &head, &peer, &session] { session = edge_.open_socket(head, peer); };
  const bool taken = co_await hop(edge_.pool(kind), loop(), Queueing::bounded, work);
  if (!taken || !session) {
    peer->shut();
    Error overloaded = Error::of(ErrorCode::overloaded);
    overloaded.retry_after_seconds = 1;
    const Error& error = taken ? session.error() : overloaded;
    set_problem(head, error);
    co_return co_await send_and_skip();
  }
  assert(*session);
  SocketStart start{edge_,
                    loop(),
                    std::move(channel_),
                    std::move(parser_->head()),
                    std::move(peer),
                    std::move(*session)};
  start_socket(std::move(start));
  co_return false;
}

}  // namespace linchpin::inbound
