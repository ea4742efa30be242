#include "inbound/http/edge.h"

#include <cstring>
#include <exception>

#include "base/crypto.h"
#include "base/log.h"
#include "inbound/http/tls.h"

namespace linchpin::inbound {
namespace {

constexpr std::size_t request_id_digits = 15;  // as long as a string without an allocation holds

std::uint64_t random_number() {
  const std::string bytes = random_bytes(sizeof(std::uint64_t));
  std::uint64_t number = 0;
  std::memcpy(&number, bytes.data(), sizeof number);
  return number;
}

// splitmix64: neighbouring numbers give texts that a person can tell apart.
std::uint64_t mixed(std::uint64_t number) {
  number = (number ^ (number >> 30)) * 0xbf58476d1ce4e5b9ULL;
  number = (number ^ (number >> 27)) * 0x94d049bb133111ebULL;
  return number ^ (number >> 31);
}

// The request is gone when an answer turns out unusable; language and id are what is left of it.
RequestHead remains_of(const AnswerContext& context) {
  RequestHead head;
  head.method = context.method;
  head.secure = context.secure;
  head.request_id = context.request_id;
  head.headers.emplace_back("accept-language", context.accept_language);
  return head;
}

std::size_t threads(int count) {
  return static_cast<std::size_t>(std::max(1, count));
}

}  // namespace

Edge::Edge(HttpConfig config, RequestHandler& handler)
    : config_(std::move(config)),
      handler_(handler),
      readers_(threads(config_.readers), config_.limits.waiting_requests),
      writers_(threads(config_.writers), config_.limits.waiting_requests),
      first_request_(random_number()) {}

Edge::~Edge() = default;

void Edge::use_tls(std::unique_ptr<asio::ssl::context> tls) {
  tls_ = std::move(tls);
}

Answer Edge::answer(Request request, AnswerContext& context) {
  try {
    Response response = handler_.answer(std::move(request));
    context.keep_alive = context.keep_alive && !draining();
    return prepared(std::move(response), context);
  } catch (const std::exception& error) {
    return problem(remains_of(context), context, Error::internal(error.what()));
  }
}

Result<std::shared_ptr<SocketSession>> Edge::open_socket(const RequestHead& head,
                                                         std::shared_ptr<SocketPeer> peer) {
  try {
    return handler_.open_socket(head, std::move(peer));
  } catch (const std::exception& error) {
    return Error::internal(error.what());
  }
}

Answer Edge::prepared(Response response, const AnswerContext& context) {
  Result<Answer> answer = prepare_answer(std::move(response), context, compressor_);
  if (answer) return std::move(*answer);
  return problem(remains_of(context), context, answer.error());
}

Answer Edge::problem(const RequestHead& head, const AnswerContext& context, const Error& error) {
  count_refusal();
  if (!error.log_detail.empty()) {
    log_error("http_problem", {{"request", context.request_id},
                               {"code", code_name(error.code)},
                               {"reason", error.log_detail}});
  }
  Response response = handler_.problem(head, error);
  response.file.clear();
  const bool told = std::any_of(response.headers.begin(), response.headers.end(),
                                [](const auto& header) { return header.first == "Retry-After"; });
  if (error.retry_after_seconds > 0 && !told) {
    response.with("Retry-After", std::to_string(error.retry_after_seconds));
  }
  // Without a file nothing of this can fail.
  Result<Answer> answer = prepare_answer(std::move(response), context, compressor_);
  return std::move(*answer);
}

std::string Edge::next_request_id() {
  constexpr std::string_view digits = "0123456789abcdef";
  std::uint64_t number = mixed(first_request_ + last_request_.fetch_add(1));
  std::string id(request_id_digits, '0');
  for (char& digit : id) {
    digit = digits[number & 15];
    number >>= 4;
  }
  return id;
}

void Edge::connection_closed() {
  if (--connections_ == 0 && draining()) {
    const std::lock_guard lock(mutex_);
    all_closed_.notify_all();
  }
}

HttpCounters Edge::counters() const {
  HttpCounters counters;
  counters.requests = requests_;
  counters.refused = refused_;
  counters.open_connections = connections_;
  counters.open_sockets = sockets_;
  return counters;
}

bool Edge::wait_until_closed(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  return all_closed_.wait_for(lock, time, [this] { return connections_ == 0; });
}

void Edge::stop_pools() {
  readers_.stop();
  writers_.stop();
}

}  // namespace linchpin::inbound
