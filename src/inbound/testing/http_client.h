#pragma once

// For tests: a small blocking client over one keep-alive connection, with the memory of a browser
// (cookie, CSRF token) or an API token, and the client side of a WebSocket.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"

namespace linchpin::inbound::testing {

struct ClientResponse {
  int status = 0;
  std::multimap<std::string, std::string> headers;  // names in lower case
  std::string body;

  std::string header(const std::string& lower_case_name) const;  // empty when absent
  json::value value() const;                                     // null when it is not JSON
  json::object object() const;                                   // empty when it is not one
  // A member of a member …: at("user/name"); null when there is none.
  json::value at(std::string_view path) const;
  // Empty when it is something else; values of their own, so that a loop may run over them.
  std::string text_at(std::string_view path) const;
  json::array array_at(std::string_view path) const;
  json::object object_at(std::string_view path) const;
};

using ClientHeaders = std::vector<std::pair<std::string, std::string>>;

class HttpClient {
 public:
  explicit HttpClient(std::uint16_t port) : port_(port) {}
  ~HttpClient();
  HttpClient(HttpClient&&) noexcept;
  HttpClient& operator=(HttpClient&&) = delete;

  // The status is 0 when the connection failed.
  ClientResponse send(const std::string& method, const std::string& target,
                      const ClientHeaders& headers, const std::string& body);

 private:
  bool connect();
  bool write_all(std::string_view text);
  bool read_more();
  std::optional<ClientResponse> read_response(bool has_body);
  bool read_chunks(std::string& body);
  void disconnect();

  std::uint16_t port_;
  int socket_ = -1;
  std::string buffer_;
};

// Talks to /api/v1 as one person.
class ApiClient {
 public:
  explicit ApiClient(std::uint16_t port) : port_(port), http_(port) {}

  // Asserts nothing: look at the status.
  ClientResponse sign_in(const std::string& login, const std::string& password);
  void use_token(std::string token) { token_ = std::move(token); }
  void use_language(std::string language) { language_ = std::move(language); }
  void forget_csrf() { csrf_.clear(); }

  ClientResponse get(const std::string& path, const ClientHeaders& headers = {});
  ClientResponse post(const std::string& path, const std::string& body = {},
                      const ClientHeaders& headers = {});
  ClientResponse patch(const std::string& path, const std::string& body,
                       const ClientHeaders& headers = {});
  ClientResponse del(const std::string& path, const std::string& body = {},
                     const ClientHeaders& headers = {});
  // With a path from the root, and nothing added but who asks.
  ClientResponse send(const std::string& method, const std::string& target,
                      ClientHeaders headers = {}, const std::string& body = {});

  const std::string& cookie() const { return cookie_; }
  const std::string& csrf() const { return csrf_; }
  std::uint16_t port() const { return port_; }

 private:
  ClientResponse call(const std::string& method, const std::string& path, const std::string& body,
                      const ClientHeaders& headers);

  std::uint16_t port_;
  HttpClient http_;
  std::string cookie_;  // name=value
  std::string csrf_;
  std::string token_;
  std::string language_;
};

class SocketClient {
 public:
  SocketClient() = default;
  ~SocketClient();
  SocketClient(const SocketClient&) = delete;
  SocketClient& operator=(const SocketClient&) = delete;

  // The status of the handshake: 101 when it is open.
  int open(std::uint16_t port, const std::string& target, const ClientHeaders& headers);
  void send(std::string_view text);
  // The next text message; nothing when the connection closed or nothing came for long.
  std::optional<json::object> receive();

 private:
  bool fill(std::size_t bytes);

  int socket_ = -1;
  std::string buffer_;
};

}  // namespace linchpin::inbound::testing
