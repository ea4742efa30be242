#include "live_load.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>

#include "base/json.h"
#include "load_client.h"

namespace linchpin::load {

namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds between_changes{1'000};
constexpr std::chrono::seconds patience{30};
constexpr std::size_t frame_bytes = 16 * 1024;
constexpr int events_at_once = 512;
constexpr std::size_t masked_head = 8;  // of a client's frame of medium size
constexpr unsigned char ping_opcode = 9;
constexpr unsigned char pong_opcode = 10;

Error broken(const std::string& what) {
  return Error::internal("live load: " + what);
}

// A frame of a client; masked with zeros, which changes nothing.
std::string client_frame(unsigned char opcode, std::string_view payload) {
  std::string frame;
  frame.reserve(payload.size() + masked_head);
  frame.push_back(static_cast<char>(0x80 | opcode));
  if (payload.size() < 126) {
    frame.push_back(static_cast<char>(0x80 | payload.size()));
  } else {
    frame.push_back(static_cast<char>(0x80 | 126));
    frame.push_back(static_cast<char>(payload.size() >> 8));
    frame.push_back(static_cast<char>(payload.size() & 0xFF));
  }
  frame.append(4, '\0');
  return frame.append(payload);
}

// One page: its socket and what has come of a frame.
class Page {
 public:
  Page() = default;
  Page(Page&& other) noexcept
      : socket_(std::exchange(other.socket_, -1)), bytes_(std::move(other.bytes_)) {}
  Page& operator=(Page&&) = delete;
  ~Page() {
    if (socket_ >= 0) ::close(socket_);
  }

  int socket() const { return socket_; }

  Status open(int port, const std::string& token, const std::string& subscription) {
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket_ < 0) return broken("no socket left");
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
      return broken("not accepted");
    }
    LP_CHECK(send("GET /api/v1/live HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token +
                  "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                  "Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n"));
    while (bytes_.find("\r\n\r\n") == std::string::npos) LP_CHECK(receive());
    if (!bytes_.starts_with("HTTP/1.1 101")) return broken(bytes_.substr(0, 200));
    bytes_.erase(0, bytes_.find("\r\n\r\n") + 4);
    LP_CHECK(send(client_frame(1, subscription)));
    std::string message;
    while (!take(message)) LP_CHECK(receive());
    if (message.find("\"subscribed\"") == std::string::npos) return broken(message);
    if (::fcntl(socket_, F_SETFL, O_NONBLOCK) != 0) return broken("fcntl");
    bytes_.shrink_to_fit();
    return {};
  }

  // The next text that is here; false when there is none yet.
  bool take(std::string& message) {
    while (true) {
      if (bytes_.size() < 2) return false;
      const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(bytes_[at]); };
      std::size_t head = 2;
      std::size_t size = byte(1) & 0x7F;
      if (size == 126) {
        if (bytes_.size() < 4) return false;
        size = static_cast<std::size_t>(byte(2) << 8 | byte(3));
        head = 4;
      }
      if (bytes_.size() < head + size) return false;
      const unsigned char opcode = byte(0) & 0x0F;
      message = bytes_.substr(head, size);
      bytes_.erase(0, head + size);
      if (opcode == 1) return true;
      if (opcode == ping_opcode) (void)send(client_frame(pong_opcode, message));
    }
  }

  // False: the connection is closed.
  bool receive_ready() {
    char block[frame_bytes];
    const ssize_t got = ::recv(socket_, block, sizeof block, 0);
    if (got <= 0) return got < 0 && (errno == EAGAIN || errno == EINTR);
    bytes_.append(block, static_cast<std::size_t>(got));
    return true;
  }

 private:
  Status send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return broken("closed while sending");
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return {};
  }
  Status receive() { return receive_ready() ? Status() : Status(broken("closed")); }

  int socket_ = -1;
  std::string bytes_;
};

class LiveLoad {
 public:
  LiveLoad(const ServerProcess& server, const std::vector<std::string>& tokens,
           const LiveSetting& setting)
      : server_(server), tokens_(tokens), setting_(setting) {}
  ~LiveLoad() {
    if (poll_ >= 0) ::close(poll_);
  }

  Result<LiveResult> run() {
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) == 0) {
      files.rlim_cur = files.rlim_max;
      ::setrlimit(RLIMIT_NOFILE, &files);
    }
    LP_CHECK(make_record());
    const double before = server_.resident_megabytes();
    LP_CHECK(open_pages());
    for (int i = 0; i < setting_.changes; ++i) LP_CHECK(change_and_wait(i));
    LiveResult result;
    result.expected = std::int64_t{setting_.connections} * setting_.changes;
    result.received = static_cast<std::int64_t>(times_.size());
    if (times_.empty()) return broken("no event came");
    std::sort(times_.begin(), times_.end());
    result.median_ms = times_[times_.size() / 2];
    result.p99_ms = times_[times_.size() * 99 / 100];
    result.kilobytes_per_connection =
        (server_.resident_megabytes() - before) * 1024 / setting_.connections;
    return result;
  }

 private:
  Status make_record() {
    LP_TRY(LoadConnection connection, LoadConnection::open(server_.port()));
    LP_TRY(const Reply reply,
           connection.ask(post_request("/api/v1/records/account", tokens_.front(),
                                       R"({"fields":{"name":"live","employees":1000000}})")));
    if (reply.status != 201) return broken(reply.body);
    LP_TRY(const json::object record, parse_json_object(reply.body));
    record_ = std::string(record.at("id").as_string());
    version_ = record.at("version").as_int64();
    return {};
  }

  Status open_pages() {
    poll_ = ::epoll_create1(EPOLL_CLOEXEC);
    if (poll_ < 0) return broken("epoll");
    pages_.reserve(static_cast<std::size_t>(setting_.connections));
    for (int i = 0; i < setting_.connections; ++i) {
      // Every filter holds the record that changes, so that each change is told to every page.
      const std::string subscription =
          R"({"subscribe":{"object":"account","select":["name","employees"],"where":)"
          R"({"op":"gte","field":"employees","value":)" +
          std::to_string(i % setting_.filters) + "}}}";
      Page& page = pages_.emplace_back();
      const std::string& token = tokens_[static_cast<std::size_t>(i) % tokens_.size()];
      LP_CHECK(page.open(server_.port(), token, subscription));
      epoll_event event{};
      event.events = EPOLLIN;
      event.data.u32 = static_cast<std::uint32_t>(i);
      if (::epoll_ctl(poll_, EPOLL_CTL_ADD, page.socket(), &event) != 0) return broken("epoll");
    }
    return {};
  }

  Status change_and_wait(int number) {
    const auto begin = SteadyClock::now();
    LP_TRY(LoadConnection connection, LoadConnection::open(server_.port()));
    const std::string body =
        R"({"fields":{"employees":)" + std::to_string(1'000'001 + number) + "}}";
    const std::string request =
        "PATCH /api/v1/records/account/" + record_ +
        " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + tokens_.front() +
        "\r\nIf-Match: \"" + std::to_string(version_++) +
        "\"\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
        "\r\n\r\n" + body;
    LP_TRY(const Reply reply, connection.ask(request));
    if (reply.status != 200) return broken(reply.body);
    int missing = setting_.connections;
    const std::string wanted = "\"employees\":" + std::to_string(1'000'001 + number);
    while (true) {
      const auto now = SteadyClock::now();
      if (missing == 0 && now >= begin + between_changes) return {};
      if (now >= begin + patience) return broken(std::to_string(missing) + " events never came");
      LP_CHECK(receive(begin, wanted, missing));
    }
  }

  Status receive(SteadyClock::time_point begin, const std::string& wanted, int& missing) {
    epoll_event events[events_at_once];
    const int ready = ::epoll_wait(poll_, events, events_at_once, 10);
    std::string message;
    for (int i = 0; i < ready; ++i) {
      Page& page = pages_[events[i].data.u32];
      if (!page.receive_ready()) return broken("a page was closed");
      while (page.take(message)) {
        if (message.find(wanted) == std::string::npos) return broken(message);
        times_.push_back(milliseconds(SteadyClock::now() - begin));
        --missing;
      }
    }
    return {};
  }

  const ServerProcess& server_;
  const std::vector<std::string>& tokens_;
  const LiveSetting& setting_;
  int poll_ = -1;
  std::vector<Page> pages_;
  std::string record_;
  std::int64_t version_ = 0;
  std::vector<double> times_;
};

}  // namespace

Result<LiveResult> run_live_load(const ServerProcess& server,
                                 const std::vector<std::string>& tokens,
                                 const LiveSetting& setting) {
  return LiveLoad(server, tokens, setting).run();
}

}  // namespace linchpin::load
