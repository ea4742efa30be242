#pragma once

// For tests: a server whose answers tell what it was asked.

#include <gtest/gtest.h>

#include <condition_variable>
#include <fstream>
#include <iterator>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/test_folder.h"
#include "inbound/http/server.h"
#include "inbound/http/test_client.h"

namespace linchpin::inbound {

// Sends every text back; "flood" fills the queue until a message is refused, "close" closes.
class TestSession final : public SocketSession {
 public:
  struct Seen {
    std::mutex mutex;
    std::condition_variable changed;
    int accepted = 0;
    bool drained = false;
    bool closed = false;

    bool wait_for_close() {
      std::unique_lock lock(mutex);
      return changed.wait_for(lock, std::chrono::seconds(10), [this] { return closed; });
    }
  };

  TestSession(std::shared_ptr<SocketPeer> peer, Seen& seen) : peer_(std::move(peer)), seen_(seen) {}

  void on_text(std::string_view text) override {
    if (text == "close") return peer_->close(4001, "bye");
    if (text == "throw") throw std::runtime_error("session");
    if (text != "flood") {
      peer_->send(std::make_shared<const std::string>(text));
      return;
    }
    const auto block = std::make_shared<const std::string>(std::string(16 * 1024, 'x'));
    while (peer_->send(block)) ++seen_.accepted;
  }
  void on_drained() override {
    seen_.drained = true;
    peer_->send(std::make_shared<const std::string>("resync"));
  }
  void on_closed() override {
    const std::lock_guard lock(seen_.mutex);
    seen_.closed = true;
    seen_.changed.notify_all();
  }

 private:
  std::shared_ptr<SocketPeer> peer_;
  Seen& seen_;
};

constexpr std::int64_t raw_upload_bytes = 2'000'000;

class TestHandler final : public RequestHandler {
 public:
  RequestPlan plan(const RequestHead& head) override {
    RequestPlan plan;
    if (head.method == Method::post) plan.body = RequestPlan::Body::memory;
    if (head.path == "/upload" || head.path == "/raw") {
      plan.body = RequestPlan::Body::upload;
      plan.work = WorkKind::write;
      plan.raw_upload = head.path == "/raw";
      plan.upload_bytes = head.path == "/raw" ? raw_upload_bytes : 0;
    }
    if (head.path == "/refused") plan.refusal = Response::json(403, "\"refused\"");
    const std::lock_guard lock(mutex_);
    ++planned_;
    changed_.notify_all();
    return plan;
  }

  Response answer(Request request) override {
    const std::string& path = request.head.path;
    if (path == "/wait") {
      std::unique_lock lock(mutex_);
      ++entered_;
      changed_.notify_all();
      changed_.wait(lock, [this] { return open_; });
      return Response::json(200, "\"waited\"");
    }
    if (path == "/throw") throw std::runtime_error("handler");
    if (path == "/big") return Response::json(200, std::string(100'000, 'b'));
    if (path == "/tag") return Response::json(200, "\"tagged\"").with("ETag", "\"7\"");
    if (path == "/break") return Response::json(200, "1").with("X-Name", "a\r\nSet-Cookie: b=c");
    if (path == "/file") {
      Response response;
      response.file = file;
      response.content_type = "text/plain";
      return response;
    }
    if (path == "/upload" || path == "/raw") return uploaded(request);
    if (path == "/remote") {
      return Response::json(200, request.head.remote_address + (request.head.secure ? " s" : " p"));
    }
    return Response::json(
        200, std::string(method_name(request.head.method)) + " " + path + " " + request.body);
  }

  Result<std::shared_ptr<SocketSession>> open_socket(const RequestHead& head,
                                                     std::shared_ptr<SocketPeer> peer) override {
    if (head.path == "/closed-door") return Error::of(ErrorCode::unauthenticated);
    peer->send(std::make_shared<const std::string>("welcome"));
    return std::shared_ptr<SocketSession>(std::make_shared<TestSession>(std::move(peer), seen));
  }

  Response problem(const RequestHead& head, const Error& error) override {
    Response response = Response::json(http_status(error.code),
                                       std::string(code_name(error.code)) + "/" + error.detail);
    response.content_type = "application/problem+json";
    return response.with("Content-Language", std::string(language_tag(head.language())));
  }

  void wait_for_planned(int count) {
    std::unique_lock lock(mutex_);
    ASSERT_TRUE(
        changed_.wait_for(lock, std::chrono::seconds(10), [&] { return planned_ >= count; }));
  }
  void wait_for_entered(int count) {
    std::unique_lock lock(mutex_);
    ASSERT_TRUE(
        changed_.wait_for(lock, std::chrono::seconds(10), [&] { return entered_ >= count; }));
  }
  void let_go() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }

  std::string file;
  TestSession::Seen seen;

 private:
  static Response uploaded(const Request& request) {
    std::ifstream stored(request.upload->path(), std::ios::binary);
    const std::string content((std::istreambuf_iterator<char>(stored)),
                              std::istreambuf_iterator<char>());
    return Response::json(
        200, request.upload->file_name() + ":" + std::to_string(request.upload->size()) + ":" +
                 content.substr(0, 20) + ":" + std::string(request.field("note")));
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  int planned_ = 0;
  int entered_ = 0;
  bool open_ = false;
};

class HttpServerTest : public ::testing::Test {
 protected:
  ~HttpServerTest() override { handler.let_go(); }

  void start() {
    config.upload_folder = folder.path();
    server = make_http_server(config, handler);
    const Status started = server->start();
    ASSERT_TRUE(started) << started.error().detail << " " << started.error().log_detail;
  }
  std::uint16_t port() const { return server->port(); }

  TestFolder folder;
  TestHandler handler;
  HttpConfig config;
  std::unique_ptr<HttpServer> server;
};

}  // namespace linchpin::inbound
