// Each limit of the edge, and what happens beyond it.

#include "inbound/http/test_server.h"

namespace linchpin::inbound {
namespace {

using HttpLimitsTest = HttpServerTest;

TEST_F(HttpLimitsTest, RefusesAnOversizedHeader) {
  start();
  TestClient client(port());
  const TestReply fits = client.get("/x", "X-Long: " + std::string(15'000, 'a') + "\r\n");
  EXPECT_EQ(fits.status, 200);
  const TestReply reply = client.get("/x", "X-Long: " + std::string(20'000, 'a') + "\r\n");
  EXPECT_EQ(reply.status, 431);
  EXPECT_EQ(reply.body, "header_too_large/");
  EXPECT_TRUE(client.closes());
}

TEST_F(HttpLimitsTest, RefusesAHeaderThatNeverEnds) {
  start();
  TestClient client(port());
  client.send("GET / HTTP/1.1\r\nHost: test\r\nX-Long: ");
  client.send(std::string(100'000, 'a'));
  EXPECT_EQ(client.reply().status, 431);
}

TEST_F(HttpLimitsTest, RefusesAnOverlongAddress) {
  start();
  TestClient client(port());
  const TestReply reply = client.get("/" + std::string(9'000, 'a'));
  EXPECT_EQ(reply.status, 414);
  EXPECT_EQ(reply.body, "uri_too_long/");
  TestClient endless(port());
  endless.send("GET /" + std::string(60'000, 'a'));
  EXPECT_EQ(endless.reply().status, 414);
}

TEST_F(HttpLimitsTest, RefusesAnAnnouncedBodyBeforeItIsSent) {
  config.limits.body_bytes = 100;
  start();
  TestClient client(port());
  const TestReply reply =
      client.ask("POST /x HTTP/1.1\r\nHost: test\r\nContent-Length: 2000000000\r\n\r\n");
  EXPECT_EQ(reply.status, 413);
  EXPECT_EQ(reply.body, "payload_too_large/body_too_large");
  EXPECT_EQ(reply.header("Connection"), "close");
  TestClient fitting(port());
  EXPECT_EQ(fitting.post("/x", std::string(100, 'b')).status, 200);
  EXPECT_EQ(fitting.post("/x", std::string(101, 'b')).status, 413);
}

TEST_F(HttpLimitsTest, CutsAChunkedBodyWhereTheLimitPasses) {
  config.limits.body_bytes = 1000;
  start();
  TestClient client(port());
  client.send("POST /x HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n");
  const std::string chunk = "1f4\r\n" + std::string(500, 'c') + "\r\n";
  client.send(chunk + chunk);
  client.send(chunk);
  const TestReply reply = client.reply();
  EXPECT_EQ(reply.status, 413);
  EXPECT_EQ(reply.body, "payload_too_large/body_too_large");
  EXPECT_TRUE(client.closes());
}

TEST_F(HttpLimitsTest, LetsTheClientReadTheRefusalAlthoughItIsStillSending) {
  config.limits.body_bytes = 1000;
  start();
  TestClient client(port());
  client.send("POST /x HTTP/1.1\r\nHost: test\r\nContent-Length: 8000000\r\n\r\n");
  EXPECT_TRUE(client.send(std::string(8'000'000, 'b')));
  EXPECT_EQ(client.reply().status, 413);
}

TEST_F(HttpLimitsTest, GivesASlowHeaderItsTimeAndNoMore) {
  config.limits.header_time = std::chrono::milliseconds(80);
  start();
  TestClient client(port());
  client.send("GET /slow HTTP/1.1\r\nHost: te");
  const TestReply reply = client.reply();
  EXPECT_EQ(reply.status, 408);
  EXPECT_EQ(reply.body, "request_timeout/");
  EXPECT_TRUE(client.closes());
}

TEST_F(HttpLimitsTest, ClosesANewConnectionThatSaysNothing) {
  config.limits.header_time = std::chrono::milliseconds(40);
  start();
  TestClient client(port());
  EXPECT_TRUE(client.closes());
}

TEST_F(HttpLimitsTest, ClosesAKeptConnectionThatStaysIdle) {
  config.limits.keep_alive_time = std::chrono::milliseconds(40);
  start();
  TestClient client(port());
  EXPECT_EQ(client.get("/x").status, 200);
  EXPECT_TRUE(client.closes());
}

TEST_F(HttpLimitsTest, GivesASlowBodyItsTimeAndNoMore) {
  config.limits.body_time = std::chrono::milliseconds(80);
  start();
  TestClient client(port());
  client.send("POST /slow HTTP/1.1\r\nHost: test\r\nContent-Length: 10\r\n\r\nhalf");
  EXPECT_EQ(client.reply().status, 408);
  EXPECT_TRUE(client.closes());
}

TEST_F(HttpLimitsTest, EndsAConnectionWhoseClientDoesNotRead) {
  config.limits.write_time = std::chrono::milliseconds(80);
  handler.file = folder.file("large");
  std::ofstream(handler.file) << std::string(20'000'000, 'l');
  start();
  TestClient client(port());
  client.send("GET /file HTTP/1.1\r\nHost: test\r\n\r\n");
  while (server->counters().open_connections == 0) std::this_thread::yield();
  while (server->counters().open_connections > 0) std::this_thread::yield();
  EXPECT_LT(client.reply().body.size(), 20'000'000u);
}

TEST_F(HttpLimitsTest, TurnsConnectionsAwayBeyondTheirNumber) {
  config.limits.connections = 2;
  start();
  TestClient first(port());
  TestClient second(port());
  EXPECT_EQ(first.get("/x").status, 200);
  EXPECT_EQ(second.get("/x").status, 200);
  TestClient third(port());
  const TestReply reply = third.reply();
  EXPECT_EQ(reply.status, 503);
  EXPECT_EQ(reply.body, "overloaded/too_many_connections");
  EXPECT_EQ(reply.header("Retry-After"), "1");
  EXPECT_TRUE(third.closes());
  EXPECT_EQ(first.get("/x").status, 200);
}

TEST_F(HttpLimitsTest, RefusesWhatTheQueueCannotHold) {
  config.event_loops = 1;
  config.readers = 1;
  config.limits.waiting_requests = 1;
  start();
  const std::string wait = "GET /wait HTTP/1.1\r\nHost: test\r\n\r\n";
  TestClient running(port());
  running.send(wait);
  handler.wait_for_entered(1);
  TestClient waiting(port());
  waiting.send(wait);
  handler.wait_for_planned(2);
  TestClient refused(port());
  const TestReply reply = refused.get("/wait");
  EXPECT_EQ(reply.status, 503);
  EXPECT_EQ(reply.body, "overloaded/");
  EXPECT_EQ(reply.header("Retry-After"), "1");
  handler.let_go();
  EXPECT_EQ(running.reply().status, 200);
  EXPECT_EQ(waiting.reply().status, 200);
  EXPECT_EQ(refused.get("/x").status, 200);
  EXPECT_EQ(server->counters().refused, 1);
}

TEST_F(HttpLimitsTest, RefusesWhatIsNotHttp) {
  start();
  for (const std::string broken : {
           "\x16\x03\x01 hello\r\n\r\n",
           "GET / HTTP/1.1\r\n\r\n",
           "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
           "GET /%zz HTTP/1.1\r\nHost: test\r\n\r\n",
           "GET /%00 HTTP/1.1\r\nHost: test\r\n\r\n",
           "GET /%ff HTTP/1.1\r\nHost: test\r\n\r\n",
           "GET x HTTP/1.1\r\nHost: test\r\n\r\n",
           "GET / HTTP/2.0\r\nHost: test\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: test\r\nContent-Length: -1\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n"
           "\r\n0\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
       }) {
    TestClient client(port());
    const TestReply reply = client.ask(broken);
    EXPECT_EQ(reply.status, 400) << broken;
    EXPECT_EQ(reply.body, "malformed/broken_request");
    EXPECT_TRUE(client.closes());
  }
}

TEST_F(HttpLimitsTest, RefusesACompressedBody) {
  start();
  TestClient client(port());
  const TestReply reply = client.post("/x", "zzzz", "Content-Encoding: gzip\r\n");
  EXPECT_EQ(reply.status, 415);
  EXPECT_EQ(client.get("/x").status, 200);
}

}  // namespace
}  // namespace linchpin::inbound
