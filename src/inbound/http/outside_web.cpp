#include "inbound/http/outside_web.h"

#include "inbound/http/asio_types.h"
#include "inbound/http/percent_encoding.h"

#include <openssl/ssl.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/basic_resolver.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <optional>

namespace linchpin::inbound {
namespace {

using Resolver = asio::ip::basic_resolver<asio::ip::tcp, Executor>;
using OutsideTls = asio::ssl::stream<Socket&>;
using AnswerParser = boost::beast::http::response_parser<boost::beast::http::string_body>;

struct Place {
  bool tls = true;
  std::string host;  // without the brackets of an IPv6 address
  std::string port;
  std::string authority;  // as the Host header says it
  std::string target;
};

bool is_printable(std::string_view text) {
  for (const char c : text) {
    if (c <= ' ' || c > '~') return false;
  }
  return true;
}

bool is_this_machine(std::string_view host) {
  return host == "localhost" || host == "127.0.0.1" || host == "::1";
}

// Nothing where it is not an address that may be asked.
std::optional<Place> place_of(std::string_view url) {
  constexpr std::string_view secure = "https://";
  constexpr std::string_view plain = "http://";
  Place place;
  place.tls = url.starts_with(secure);
  if (!is_printable(url) || (!place.tls && !url.starts_with(plain))) return std::nullopt;
  url.remove_prefix(place.tls ? secure.size() : plain.size());
  const std::size_t end = std::min(url.find_first_of("/?#"), url.size());
  place.authority = url.substr(0, end);
  place.target = url.substr(end, url.find('#') - end);
  if (!place.target.starts_with('/')) place.target.insert(0, "/");
  std::string_view host = place.authority;
  if (host.find('@') != host.npos) return std::nullopt;
  const std::size_t bracket = host.rfind(']');
  const std::size_t colon = host.rfind(':');
  if (colon != host.npos && (bracket == host.npos || colon > bracket)) {
    place.port = host.substr(colon + 1);
    host = host.substr(0, colon);
  }
  if (place.port.empty()) place.port = place.tls ? "443" : "80";
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  place.host = host;
  if (place.host.empty() || (!place.tls && !is_this_machine(host))) return std::nullopt;
  return place;
}

constexpr std::string_view query_place = "{query}";

Error unreachable(const Place& place, std::string why) {
  Error error = Error::of(ErrorCode::overloaded, "service_unreachable", {{"host", place.host}});
  error.log_detail = std::move(why);
  return error;
}

Error failure(const Place& place, const OutsideLimits& limits, const SystemError& error) {
  constexpr std::size_t kilobyte = 1024;
  if (error == boost::beast::http::error::body_limit) {
    return Error::of(
        ErrorCode::overloaded, "service_answer_too_large",
        {{"host", place.host}, {"kilobytes", std::to_string(limits.body_bytes / kilobyte)}});
  }
  return unreachable(place, error.message());
}

Error too_slow(const Place& place, const OutsideLimits& limits) {
  constexpr std::int64_t second = 1'000;
  const std::int64_t seconds = (limits.time.count() + second - 1) / second;
  return Error::of(ErrorCode::overloaded, "service_too_slow",
                   {{"host", place.host}, {"seconds", std::to_string(seconds)}});
}

// One connection for one question.
class OutsideExchange {
 public:
  OutsideExchange(asio::io_context& context, asio::ssl::context& tls, const Place& place,
                  const std::string& question, const OutsideLimits& limits)
      : place_(place),
        question_(question),
        resolver_(context),
        socket_(context),
        secured_(socket_, tls) {
    parser_.header_limit(static_cast<std::uint32_t>(limits.header_bytes));
    parser_.body_limit(limits.body_bytes);
  }

  // What is under way when the time is over needs the exchange until its context ends.
  static Awaitable<> run(std::shared_ptr<OutsideExchange> exchange) {
    exchange->error_ = co_await exchange->connect();
    if (!exchange->error_) exchange->error_ = co_await exchange->converse();
    exchange->ended_ = true;
  }

  bool ended() const { return ended_; }
  const SystemError& error() const { return error_; }
  OutsideAnswer answer() {
    return {static_cast<int>(parser_.get().result_int()), std::move(parser_.get().body())};
  }

 private:
  Awaitable<SystemError> connect() {
    const auto [unknown, found] =
        co_await resolver_.async_resolve(place_.host, place_.port, awaiting);
    if (unknown) co_return unknown;
    const auto [closed, endpoint] = co_await asio::async_connect(socket_, found, awaiting);
    if (closed || !place_.tls) co_return closed;
    SSL_set_tlsext_host_name(secured_.native_handle(), place_.host.c_str());
    secured_.set_verify_mode(asio::ssl::verify_peer);
    secured_.set_verify_callback(asio::ssl::host_name_verification(place_.host));
    const auto [refused] =
        co_await secured_.async_handshake(asio::ssl::stream_base::client, awaiting);
    co_return refused;
  }

  Awaitable<SystemError> converse() {
    return place_.tls ? converse_over(secured_) : converse_over(socket_);
  }

  template <class Stream>
  Awaitable<SystemError> converse_over(Stream& stream) {
    const asio::const_buffer out = const_buffer(question_);
    const auto [unsent, written] = co_await asio::async_write(stream, out, awaiting);
    if (unsent) co_return unsent;
    const auto [unread, count] =
        co_await boost::beast::http::async_read(stream, buffer_, parser_, awaiting);
    co_return unread;
  }

  const Place& place_;
  const std::string& question_;
  Resolver resolver_;
  Socket socket_;
  OutsideTls secured_;
  boost::beast::flat_buffer buffer_;
  AnswerParser parser_;
  SystemError error_;
  bool ended_ = false;
};

std::string request_text(const OutsideQuestion& question, const Place& place) {
  std::string text(method_name(question.method));
  text += " " + place.target + " HTTP/1.1\r\nHost: " + place.authority +
          "\r\nConnection: close\r\nAccept: application/json\r\nUser-Agent: linchpin\r\n";
  for (const auto& [name, value] : question.headers) text += name + ": " + value + "\r\n";
  if (question.method == Method::post) {
    text += "Content-Length: " + std::to_string(question.body.size()) + "\r\n";
  }
  return text + "\r\n" + question.body;
}

class AsioOutsideWeb final : public OutsideWeb {
 public:
  explicit AsioOutsideWeb(OutsideLimits limits) : limits_(limits) {}

  Status begin(const std::string& certificates_file) {
    SSL_CTX_set_min_proto_version(tls_.native_handle(), TLS1_2_VERSION);
    SystemError error;
    if (certificates_file.empty()) {
      tls_.set_default_verify_paths(error);
    } else {
      tls_.load_verify_file(certificates_file, error);
    }
    if (!error) return {};
    Error unusable =
        Error::of(ErrorCode::invalid_state, "certificate_unusable", {{"file", certificates_file}});
    unusable.log_detail = error.message();
    return unusable;
  }

  Result<OutsideAnswer> ask(const OutsideQuestion& question) override {
    const std::optional<Place> place = place_of(question.url);
    if (!place) {
      return Error::of(ErrorCode::invalid_state, "address_not_safe", {{"address", question.url}});
    }
    const std::string text = request_text(question, *place);
    try {
      asio::io_context context(1);
      const auto exchange = std::make_shared<OutsideExchange>(context, tls_, *place, text, limits_);
      asio::co_spawn(context, OutsideExchange::run(exchange), asio::detached);
      context.run_for(limits_.time);
      if (!exchange->ended()) return too_slow(*place, limits_);
      if (exchange->error()) return failure(*place, limits_, exchange->error());
      return exchange->answer();
    } catch (const std::exception& exception) {
      return unreachable(*place, exception.what());
    }
  }

 private:
  const OutsideLimits limits_;
  asio::ssl::context tls_{asio::ssl::context::tls_client};
};

}  // namespace

bool is_safe_address(std::string_view url) {
  return place_of(url).has_value();
}

bool is_safe_pattern(std::string_view pattern) {
  const std::size_t place = pattern.find(query_place);
  const std::size_t host = pattern.find("://");
  if (place == pattern.npos || host == pattern.npos) return false;
  const std::size_t path = pattern.find_first_of("/?", host + 3);
  return path < place && pattern.find('#') == pattern.npos && is_safe_address(pattern);
}

std::string address_for(std::string_view pattern, std::string_view query) {
  std::string address(pattern);
  const std::size_t place = address.find(query_place);
  if (place != address.npos) {
    address.replace(place, query_place.size(), percent_encoded(query));
  }
  return address;
}

Result<std::unique_ptr<OutsideWeb>> make_outside_web(const std::string& certificates_file,
                                                     OutsideLimits limits) {
  auto web = std::make_unique<AsioOutsideWeb>(limits);
  LP_CHECK(web->begin(certificates_file));
  return std::unique_ptr<OutsideWeb>(std::move(web));
}

}  // namespace linchpin::inbound
