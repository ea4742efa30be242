#pragma once

// One request off the wire. Beast reads the syntax; the head goes straight into a RequestHead, and
// the body into a string that may be taken away piece by piece.

#include "inbound/http/asio_types.h"

#include <boost/beast/http/basic_parser.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "inbound/http/message.h"

namespace linchpin::inbound {

class RequestParser final : private boost::beast::http::basic_parser<true> {
 public:
  enum class Outcome {
    ready,
    need_more,
    uri_too_long,
    header_too_large,
    body_too_large,
    malformed
  };

  RequestParser(std::size_t max_uri_bytes, std::size_t max_header_bytes);

  // Reads to the end of the head. `used` = what is consumed of `data`; the rest is to come again.
  Outcome read_head(std::string_view data, std::size_t& used);
  // Reads on to the end of the body; beyond `max_body_bytes` it is body_too_large.
  Outcome read_body(std::string_view data, std::size_t& used, std::uint64_t max_body_bytes);

  bool begun() const { return got_some(); }
  bool complete() const { return is_done(); }
  RequestHead& head() { return head_; }
  std::string& body() { return body_; }

  bool client_keeps_alive() const { return is_header_done() && keep_alive(); }
  bool http_1_0() const { return version_ == 10; }
  bool expects_continue() const;
  bool is_upgrade() const;  // to WebSocket
  // Of a complete head. None = chunked; 0 = no body.
  std::optional<std::uint64_t> announced_length() const;
  // What is still to come, when that is known.
  std::optional<std::uint64_t> remaining_length() const;

 private:
  using Field = boost::beast::http::field;
  using Verb = boost::beast::http::verb;
  using Text = boost::beast::string_view;
  using Length = boost::optional<std::uint64_t>;

  void on_request_impl(Verb verb, Text method, Text target, int version,
                       SystemError& error) override;
  void on_response_impl(int, Text, int, SystemError&) override {}
  void on_field_impl(Field field, Text name, Text value, SystemError& error) override;
  void on_header_impl(SystemError& error) override;
  void on_body_init_impl(const Length&, SystemError&) override {}
  std::size_t on_body_impl(Text body, SystemError& error) override;
  void on_chunk_header_impl(std::uint64_t, Text, SystemError&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, Text body, SystemError& error) override;
  void on_finish_impl(SystemError&) override {}
  Outcome outcome(const SystemError& error) const;

  const std::size_t max_uri_bytes_;
  RequestHead head_;
  std::string body_;
  std::uint64_t body_bytes_ = 0;
  std::uint64_t max_body_bytes_ = 0;
  int version_ = 11;
  int hosts_ = 0;
  bool unknown_coding_ = false;
  bool uri_too_long_ = false;
};

}  // namespace linchpin::inbound
