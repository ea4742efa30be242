#include "inbound/http/request_parser.h"

#include <boost/algorithm/string/predicate.hpp>
#include <boost/beast/http/error.hpp>

#include "inbound/http/target.h"

namespace linchpin::inbound {

namespace http = boost::beast::http;

namespace {

constexpr std::size_t usual_header_count = 16;

Method method_of(http::verb verb) {
  switch (verb) {
    case http::verb::get:
      return Method::get;
    case http::verb::head:
      return Method::head;
    case http::verb::post:
      return Method::post;
    case http::verb::put:
      return Method::put;
    case http::verb::patch:
      return Method::patch;
    case http::verb::delete_:
      return Method::del;
    case http::verb::options:
      return Method::options;
    default:
      return Method::other;
  }
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

}  // namespace

RequestParser::RequestParser(std::size_t max_uri_bytes, std::size_t max_header_bytes)
    : max_uri_bytes_(max_uri_bytes) {
  header_limit(static_cast<std::uint32_t>(max_header_bytes));
  // Bodies are limited by read_body(): the limit depends on the head.
  body_limit(boost::none);
}

RequestParser::Outcome RequestParser::outcome(const SystemError& error) const {
  if (!error) return Outcome::ready;
  if (error == http::error::need_more) return Outcome::need_more;
  if (uri_too_long_) return Outcome::uri_too_long;
  if (error == http::error::header_limit) {
    // Without a complete first line it is the address that does not end.
    return head_.path.empty() ? Outcome::uri_too_long : Outcome::header_too_large;
  }
  if (error == http::error::body_limit) return Outcome::body_too_large;
  return Outcome::malformed;
}

RequestParser::Outcome RequestParser::read_head(std::string_view data, std::size_t& used) {
  SystemError error;
  used = put(const_buffer(data), error);
  return outcome(error);
}

RequestParser::Outcome RequestParser::read_body(std::string_view data, std::size_t& used,
                                                std::uint64_t max_body_bytes) {
  used = 0;
  if (is_done()) return Outcome::ready;
  eager(true);
  max_body_bytes_ = max_body_bytes;
  SystemError error;
  used = put(const_buffer(data), error);
  if (!error && !is_done()) return Outcome::need_more;
  return outcome(error);
}

bool RequestParser::expects_continue() const {
  return version_ == 11 && boost::algorithm::iequals(head_.header("expect"), "100-continue");
}

bool RequestParser::is_upgrade() const {
  return upgrade() && boost::algorithm::iequals(head_.header("upgrade"), "websocket");
}

std::optional<std::uint64_t> RequestParser::announced_length() const {
  if (chunked()) return std::nullopt;
  return content_length().value_or(0);
}

std::optional<std::uint64_t> RequestParser::remaining_length() const {
  if (is_done()) return 0;
  if (!is_header_done() || chunked()) return std::nullopt;
  return content_length_remaining().value_or(0);
}

void RequestParser::on_request_impl(Verb verb, Text, Text target, int version, SystemError& error) {
  version_ = version;
  if (target.size() > max_uri_bytes_) {
    uri_too_long_ = true;
    error = http::error::bad_target;
    return;
  }
  Result<Target> parsed = inbound::parse_target(std::string_view(target.data(), target.size()));
  if (!parsed) {
    error = http::error::bad_target;
    return;
  }
  head_.method = method_of(verb);
  head_.path = std::move(parsed->path);
  head_.query = std::move(parsed->query);
  head_.headers.reserve(usual_header_count);
}

void RequestParser::on_field_impl(Field field, Text name, Text value, SystemError&) {
  // The fields after a chunked body come too late to mean anything.
  if (is_header_done()) return;
  if (field == Field::host) ++hosts_;
  if (field == Field::transfer_encoding) {
    unknown_coding_ = unknown_coding_ || !boost::algorithm::iequals(value, "chunked");
  }
  head_.headers.emplace_back(lower_case({name.data(), name.size()}),
                             std::string(value.data(), value.size()));
}

void RequestParser::on_header_impl(SystemError& error) {
  if (version_ == 11 && hosts_ != 1) error = http::error::bad_field;
  // A coding that is not understood leaves the end of the body unknown.
  if (unknown_coding_) error = http::error::bad_transfer_encoding;
}

std::size_t RequestParser::on_body_impl(Text body, SystemError& error) {
  if (body.size() > max_body_bytes_ - body_bytes_) {
    error = http::error::body_limit;
    return 0;
  }
  body_bytes_ += body.size();
  body_.append(body.data(), body.size());
  return body.size();
}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t, Text body, SystemError& error) {
  return on_body_impl(body, error);
}

}  // namespace linchpin::inbound
