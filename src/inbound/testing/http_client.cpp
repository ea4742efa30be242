#include "inbound/testing/http_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>

namespace linchpin::inbound::testing {
namespace {

constexpr int patience_seconds = 20;
constexpr std::size_t read_step = 64 * 1024;

int connect_to(std::uint16_t port) {
  const int handle = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (handle < 0) return -1;
  const timeval patience{patience_seconds, 0};
  ::setsockopt(handle, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(handle, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0) {
    return handle;
  }
  ::close(handle);
  return -1;
}

bool send_all(int handle, std::string_view text) {
  while (!text.empty()) {
    const ssize_t sent = ::send(handle, text.data(), text.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool receive_some(int handle, std::string& buffer) {
  const std::size_t filled = buffer.size();
  buffer.resize(filled + read_step);
  const ssize_t count = ::recv(handle, buffer.data() + filled, read_step, 0);
  buffer.resize(filled + static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
  return count > 0;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return out;
}

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  return text;
}

void read_head(std::string_view head, ClientResponse& response) {
  std::size_t end = head.find("\r\n");
  const std::string_view status = head.substr(head.find(' ') + 1, 3);
  std::from_chars(status.data(), status.data() + status.size(), response.status);
  while (end != std::string_view::npos) {
    head.remove_prefix(end + 2);
    end = head.find("\r\n");
    const std::string_view line = head.substr(0, end);
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    response.headers.emplace(lower(line.substr(0, colon)),
                             std::string(without_blanks(line.substr(colon + 1))));
  }
}

}  // namespace

std::string ClientResponse::header(const std::string& lower_case_name) const {
  const auto found = headers.find(lower_case_name);
  return found == headers.end() ? std::string() : found->second;
}

json::value ClientResponse::value() const {
  Result<json::value> parsed = parse_json(body);
  return parsed ? std::move(*parsed) : json::value();
}

json::object ClientResponse::object() const {
  json::value parsed = value();
  return parsed.is_object() ? std::move(parsed.get_object()) : json::object();
}

json::value ClientResponse::at(std::string_view path) const {
  const json::value whole = value();
  const json::value* found = &whole;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string_view name = path.substr(0, end);
    path.remove_prefix(std::min(end + 1, path.size()));
    if (found->is_object()) {
      found = found->get_object().if_contains(name);
    } else if (found->is_array()) {
      std::size_t index = 0;
      std::from_chars(name.data(), name.data() + name.size(), index);
      found = found->get_array().if_contains(index);
    } else {
      return {};
    }
    if (found == nullptr) return {};
  }
  return *found;
}

std::string ClientResponse::text_at(std::string_view path) const {
  const json::value found = at(path);
  return found.is_string() ? std::string(std::string_view(found.get_string())) : std::string();
}

json::array ClientResponse::array_at(std::string_view path) const {
  json::value found = at(path);
  return found.is_array() ? std::move(found.get_array()) : json::array();
}

json::object ClientResponse::object_at(std::string_view path) const {
  json::value found = at(path);
  return found.is_object() ? std::move(found.get_object()) : json::object();
}

HttpClient::~HttpClient() {
  disconnect();
}

HttpClient::HttpClient(HttpClient&& other) noexcept
    : port_(other.port_),
      socket_(std::exchange(other.socket_, -1)),
      buffer_(std::move(other.buffer_)) {}

void HttpClient::disconnect() {
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
  buffer_.clear();
}

bool HttpClient::connect() {
  if (socket_ < 0) socket_ = connect_to(port_);
  return socket_ >= 0;
}

bool HttpClient::write_all(std::string_view text) {
  return send_all(socket_, text);
}
bool HttpClient::read_more() {
  return receive_some(socket_, buffer_);
}

bool HttpClient::read_chunks(std::string& body) {
  while (true) {
    std::size_t line = buffer_.find("\r\n");
    while (line == std::string::npos) {
      if (!read_more()) return false;
      line = buffer_.find("\r\n");
    }
    std::size_t size = 0;
    std::from_chars(buffer_.data(), buffer_.data() + line, size, 16);
    const std::size_t end = line + 2 + size + 2;
    while (buffer_.size() < end) {
      if (!read_more()) return false;
    }
    body += buffer_.substr(line + 2, size);
    buffer_.erase(0, end);
    if (size == 0) return true;
  }
}

std::optional<ClientResponse> HttpClient::read_response(bool has_body) {
  std::size_t end = buffer_.find("\r\n\r\n");
  while (end == std::string::npos) {
    if (!read_more()) return std::nullopt;
    end = buffer_.find("\r\n\r\n");
  }
  ClientResponse response;
  read_head(std::string_view(buffer_).substr(0, end), response);
  buffer_.erase(0, end + 4);
  if (!has_body || response.status == 204 || response.status == 304) return response;
  if (response.header("transfer-encoding") == "chunked") {
    if (!read_chunks(response.body)) return std::nullopt;
    return response;
  }
  std::size_t length = 0;
  const std::string text = response.header("content-length");
  std::from_chars(text.data(), text.data() + text.size(), length);
  while (buffer_.size() < length) {
    if (!read_more()) return std::nullopt;
  }
  response.body = buffer_.substr(0, length);
  buffer_.erase(0, length);
  return response;
}

ClientResponse HttpClient::send(const std::string& method, const std::string& target,
                                const ClientHeaders& headers, const std::string& body) {
  std::string text =
      method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port_) + "\r\n";
  for (const auto& [name, value] : headers) text += name + ": " + value + "\r\n";
  if (!body.empty() || method == "POST" || method == "PATCH" || method == "PUT") {
    text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  }
  text += "\r\n" + body;
  // A server may have closed an idle connection: once more on a new one.
  for (int attempt = 0; attempt < 2; ++attempt) {
    if (!connect()) continue;
    if (write_all(text)) {
      std::optional<ClientResponse> response = read_response(method != "HEAD");
      if (response) {
        if (lower(response->header("connection")) == "close") disconnect();
        return std::move(*response);
      }
    }
    disconnect();
  }
  return {};
}

ClientResponse ApiClient::send(const std::string& method, const std::string& target,
                               ClientHeaders headers, const std::string& body) {
  if (!token_.empty()) headers.emplace_back("Authorization", "Bearer " + token_);
  if (!cookie_.empty()) headers.emplace_back("Cookie", cookie_);
  if (!csrf_.empty()) headers.emplace_back("X-CSRF-Token", csrf_);
  if (!language_.empty()) headers.emplace_back("Accept-Language", language_);
  return http_.send(method, target, headers, body);
}

ClientResponse ApiClient::call(const std::string& method, const std::string& path,
                               const std::string& body, const ClientHeaders& headers) {
  ClientHeaders all = headers;
  if (!body.empty()) all.emplace_back("Content-Type", "application/json");
  return send(method, "/api/v1" + path, std::move(all), body);
}

ClientResponse ApiClient::get(const std::string& path, const ClientHeaders& headers) {
  return call("GET", path, {}, headers);
}

ClientResponse ApiClient::post(const std::string& path, const std::string& body,
                               const ClientHeaders& headers) {
  return call("POST", path, body, headers);
}

ClientResponse ApiClient::patch(const std::string& path, const std::string& body,
                                const ClientHeaders& headers) {
  return call("PATCH", path, body, headers);
}

ClientResponse ApiClient::del(const std::string& path, const std::string& body,
                              const ClientHeaders& headers) {
  return call("DELETE", path, body, headers);
}

ClientResponse ApiClient::sign_in(const std::string& login, const std::string& password) {
  json::object body{{"login", login}, {"password", password}};
  ClientResponse response = post("/session", json::serialize(body));
  if (response.status != 200) return response;
  const std::string cookie = response.header("set-cookie");
  cookie_ = cookie.substr(0, cookie.find(';'));
  csrf_ = response.text_at("csrf_token");
  return response;
}

SocketClient::~SocketClient() {
  if (socket_ >= 0) ::close(socket_);
}

int SocketClient::open(std::uint16_t port, const std::string& target,
                       const ClientHeaders& headers) {
  socket_ = connect_to(port);
  if (socket_ < 0) return 0;
  std::string text = "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) +
                     "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                     "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n";
  for (const auto& [name, value] : headers) text += name + ": " + value + "\r\n";
  if (!send_all(socket_, text + "\r\n")) return 0;
  std::size_t end = std::string::npos;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
    if (!receive_some(socket_, buffer_)) return 0;
  }
  ClientResponse response;
  read_head(std::string_view(buffer_).substr(0, end), response);
  buffer_.erase(0, end + 4);
  return response.status;
}

void SocketClient::send(std::string_view text) {
  std::string frame;
  frame += static_cast<char>(0x81);
  constexpr std::size_t short_length = 125;
  if (text.size() <= short_length) {
    frame += static_cast<char>(0x80 | text.size());
  } else {
    frame += static_cast<char>(0x80 | 126);
    frame += static_cast<char>(text.size() >> 8 & 0xFF);
    frame += static_cast<char>(text.size() & 0xFF);
  }
  frame.append(4, '\0');  // a mask of zeros leaves the text as it is
  frame += text;
  send_all(socket_, frame);
}

bool SocketClient::fill(std::size_t bytes) {
  while (buffer_.size() < bytes) {
    if (!receive_some(socket_, buffer_)) return false;
  }
  return true;
}

std::optional<json::object> SocketClient::receive() {
  constexpr int text_frame = 1;
  constexpr int close_frame = 8;
  while (fill(2)) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(buffer_[i]); };
    const int kind = byte(0) & 0x0F;
    std::size_t length = byte(1) & 0x7F;
    std::size_t head = 2;
    if (length == 126) {
      head = 4;
      if (!fill(head)) return std::nullopt;
      length = static_cast<std::size_t>(byte(2)) << 8 | byte(3);
    }
    if (kind == close_frame || !fill(head + length)) return std::nullopt;
    const std::string text = buffer_.substr(head, length);
    buffer_.erase(0, head + length);
    if (kind != text_frame) continue;
    Result<json::object> object = parse_json_object(text);
    if (!object) return std::nullopt;
    return std::move(*object);
  }
  return std::nullopt;
}

}  // namespace linchpin::inbound::testing
