#include "inbound/http/server.h"

#include <zlib.h>

#include "inbound/http/test_server.h"

namespace linchpin::inbound {
namespace {

std::string gunzip(const std::string& data) {
  z_stream stream{};
  inflateInit2(&stream, 15 + 16);
  std::string out(1 << 20, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(data.data()));
  stream.avail_in = static_cast<uInt>(data.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const bool complete = inflate(&stream, Z_FINISH) == Z_STREAM_END;
  inflateEnd(&stream);
  return complete ? out.substr(0, stream.total_out) : std::string();
}

TEST_F(HttpServerTest, AnswersOneRequestAfterAnotherOnOneConnection) {
  start();
  TestClient client(port());
  for (int i = 0; i < 3; ++i) {
    const TestReply reply = client.get("/a%20b");
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.body, "GET /a b ");
  }
  EXPECT_EQ(client.post("/x", "hello").body, "POST /x hello");
  EXPECT_EQ(server->counters().requests, 4);
  EXPECT_EQ(server->counters().open_connections, 1);
}

TEST_F(HttpServerTest, AnswersPipelinedRequestsInTheirOrder) {
  start();
  TestClient client(port());
  std::string requests;
  for (int i = 0; i < 50; ++i) {
    requests +=
        "POST /" + std::to_string(i) + " HTTP/1.1\r\nHost: test\r\nContent-Length: 2\r\n\r\nok\r\n";
  }
  client.send(requests);
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(client.reply().body, "POST /" + std::to_string(i) + " ok");
  }
}

TEST_F(HttpServerTest, ReadsAChunkedBody) {
  start();
  TestClient client(port());
  const TestReply reply = client.ask(
      "POST /c HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n"
      "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nCookie: late\r\n\r\n");
  EXPECT_EQ(reply.body, "POST /c abcde");
  EXPECT_EQ(client.get("/next").body, "GET /next ");
}

TEST_F(HttpServerTest, TellsTheClientToContinueBeforeItSendsTheBody) {
  start();
  TestClient client(port());
  client.send(
      "POST /e HTTP/1.1\r\nHost: test\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
  EXPECT_EQ(client.reply().status, 100);
  EXPECT_EQ(client.ask("body").body, "POST /e body");
}

TEST_F(HttpServerTest, RefusesOnTheHeadAloneWithoutAskingForTheBody) {
  start();
  TestClient client(port());
  const TestReply reply = client.ask(
      "POST /refused HTTP/1.1\r\nHost: test\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
  EXPECT_EQ(reply.status, 403);
  EXPECT_EQ(reply.header("Connection"), "close");
}

TEST_F(HttpServerTest, KeepsTheConnectionOfARefusedRequestWhenItsBodyIsSmall) {
  start();
  TestClient client(port());
  EXPECT_EQ(client.post("/refused", "small").status, 403);
  EXPECT_EQ(client.get("/next").body, "GET /next ");
}

TEST_F(HttpServerTest, AnswersHeadAsGetWithoutTheBody) {
  start();
  TestClient client(port());
  client.send("HEAD /big HTTP/1.1\r\nHost: test\r\n\r\n");
  const TestReply reply = client.reply(true);
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.header("Content-Length"), "100000");
  EXPECT_EQ(client.get("/next").body, "GET /next ");
}

TEST_F(HttpServerTest, ClosesWhenTheClientAsksForIt) {
  start();
  TestClient client(port());
  const TestReply reply = client.get("/last", "Connection: close\r\n");
  EXPECT_EQ(reply.header("Connection"), "close");
  EXPECT_TRUE(client.closes());
}

TEST_F(HttpServerTest, SpeaksHttp10) {
  start();
  TestClient once(port());
  EXPECT_EQ(once.ask("GET /old HTTP/1.0\r\n\r\n").body, "GET /old ");
  EXPECT_TRUE(once.closes());
  TestClient kept(port());
  const TestReply reply = kept.ask("GET /old HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_EQ(reply.header("Connection"), "keep-alive");
  EXPECT_EQ(kept.get("/new").status, 200);
}

TEST_F(HttpServerTest, CompressesWhatIsLargeForClientsThatAcceptIt) {
  start();
  TestClient client(port());
  const TestReply packed = client.get("/big", "Accept-Encoding: br, gzip\r\n");
  EXPECT_EQ(packed.header("Content-Encoding"), "gzip");
  EXPECT_EQ(packed.header("Vary"), "Accept-Encoding");
  EXPECT_LT(packed.body.size(), 2000u);
  EXPECT_EQ(gunzip(packed.body), std::string(100'000, 'b'));
  const TestReply plain = client.get("/big", "Accept-Encoding: gzip;q=0\r\n");
  EXPECT_EQ(plain.header("Content-Encoding"), "");
  EXPECT_EQ(plain.header("Vary"), "Accept-Encoding");
  EXPECT_EQ(plain.body.size(), 100'000u);
  EXPECT_EQ(client.get("/small", "Accept-Encoding: gzip\r\n").header("Content-Encoding"), "");
}

TEST_F(HttpServerTest, PutsTheProtectiveHeadersOnEveryAnswer) {
  start();
  TestClient client(port());
  for (const std::string path : {"/x", "/refused", "/throw"}) {
    const TestReply reply = client.get(path);
    EXPECT_EQ(reply.header("Content-Security-Policy"),
              "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src "
              "'self' data: blob:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; "
              "form-action 'self'");
    EXPECT_EQ(reply.header("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(reply.header("Referrer-Policy"), "same-origin");
    EXPECT_EQ(reply.header("Cross-Origin-Opener-Policy"), "same-origin");
    EXPECT_EQ(reply.header("Server"), "linchpin");
    EXPECT_EQ(reply.header("X-Request-Id").size(), 15u);
    EXPECT_TRUE(reply.header("Date").ends_with("GMT"));
    EXPECT_EQ(reply.header("Strict-Transport-Security"), "");
  }
}

TEST_F(HttpServerTest, AnswersAFailingHandlerWithAProblem) {
  start();
  TestClient client(port());
  const TestReply reply = client.get("/throw", "Accept-Language: en\r\n");
  EXPECT_EQ(reply.status, 500);
  EXPECT_EQ(reply.body, "internal/");
  EXPECT_EQ(reply.header("Content-Language"), "en");
  EXPECT_EQ(client.get("/next").status, 200);
}

TEST_F(HttpServerTest, KeepsALineBreakInAValueFromMakingAHeader) {
  start();
  TestClient client(port());
  const TestReply reply = client.get("/break");
  EXPECT_EQ(reply.header("Set-Cookie"), "");
  EXPECT_EQ(reply.header("X-Name"), "a  Set-Cookie: b=c");
}

TEST_F(HttpServerTest, StreamsAFileWithRangesAndConditions) {
  handler.file = folder.file("data.txt");
  std::string content;
  while (content.size() < 200'000) content += std::to_string(content.size()) + ",";
  std::ofstream(handler.file) << content;
  start();
  TestClient client(port());
  const TestReply whole = client.get("/file");
  EXPECT_EQ(whole.body, content);
  EXPECT_EQ(whole.header("Accept-Ranges"), "bytes");
  const TestReply part = client.get("/file", "Range: bytes=100000-170000\r\n");
  EXPECT_EQ(part.status, 206);
  EXPECT_EQ(part.body, content.substr(100'000, 70'001));
  EXPECT_EQ(part.header("Content-Range"), "bytes 100000-170000/" + std::to_string(content.size()));
  EXPECT_EQ(client.get("/file", "Range: bytes=-5\r\n").body, content.substr(content.size() - 5));
  EXPECT_EQ(client.get("/file", "Range: bytes=999999-\r\n").status, 416);
  const TestReply same = client.get("/file", "If-None-Match: " + whole.header("ETag") + "\r\n");
  EXPECT_EQ(same.status, 304);
  EXPECT_EQ(same.header("Content-Length"), "");
  const TestReply dated =
      client.get("/file", "If-Modified-Since: " + whole.header("Last-Modified") + "\r\n");
  EXPECT_EQ(dated.status, 304);
  const TestReply changed = client.get("/file", "Range: bytes=0-1\r\nIf-Range: \"another\"\r\n");
  EXPECT_EQ(changed.status, 200);
  EXPECT_EQ(changed.body, content);
}

TEST_F(HttpServerTest, AnswersAMissingFileWithAProblem) {
  handler.file = folder.file("nothing");
  start();
  TestClient client(port());
  EXPECT_EQ(client.get("/file").status, 404);
  EXPECT_EQ(client.get("/next").status, 200);
}

TEST_F(HttpServerTest, SendsNoBodyThatTheClientHas) {
  start();
  TestClient client(port());
  EXPECT_EQ(client.get("/tag").body, "\"tagged\"");
  EXPECT_EQ(client.get("/tag", "If-None-Match: \"6\", W/\"7\"\r\n").status, 304);
  EXPECT_EQ(client.get("/tag", "If-None-Match: \"8\"\r\n").status, 200);
}

TEST_F(HttpServerTest, BelievesOnlyTheTrustedProxy) {
  const std::string headers = "X-Forwarded-For: 9.9.9.9, 8.8.8.8\r\nX-Forwarded-Proto: https\r\n";
  start();
  EXPECT_EQ(TestClient(port()).get("/remote", headers).body, "127.0.0.1 p");
  config.trusted_proxy = "127.0.0.1";
  start();
  const TestReply reply = TestClient(port()).get("/remote", headers);
  EXPECT_EQ(reply.body, "8.8.8.8 s");
  EXPECT_NE(reply.header("Strict-Transport-Security"), "");
}

TEST_F(HttpServerTest, SaysWhenThePortIsTaken) {
  start();
  config.port = port();
  const auto second = make_http_server(config, handler);
  const Status started = second->start();
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().detail, "port_taken");
  config.address = "nowhere";
  const Status nowhere = make_http_server(config, handler)->start();
  ASSERT_FALSE(nowhere);
  EXPECT_EQ(nowhere.error().detail, "address_unusable");
}

TEST_F(HttpServerTest, DrainsAfterTheRequestThatHasBegun) {
  start();
  TestClient idle(port());
  EXPECT_EQ(idle.get("/x").status, 200);
  TestClient busy(port());
  busy.send("GET /wait HTTP/1.1\r\nHost: test\r\n\r\n");
  handler.wait_for_entered(1);
  std::thread drain([this] { server->drain(std::chrono::seconds(10)); });
  EXPECT_TRUE(idle.closes());
  handler.let_go();
  const TestReply reply = busy.reply();
  EXPECT_EQ(reply.body, "\"waited\"");
  EXPECT_EQ(reply.header("Connection"), "close");
  EXPECT_TRUE(busy.closes());
  drain.join();
  EXPECT_EQ(server->counters().open_connections, 0);
  EXPECT_FALSE(TestClient(port()).connected());
}

TEST_F(HttpServerTest, EndsTheDrainingInItsTimeWhateverHandlersDo) {
  start();
  TestClient busy(port());
  busy.send("GET /wait HTTP/1.1\r\nHost: test\r\n\r\n");
  handler.wait_for_entered(1);
  const auto begin = std::chrono::steady_clock::now();
  server->drain(std::chrono::milliseconds(50));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
  EXPECT_TRUE(busy.closes());
  handler.let_go();
}

}  // namespace
}  // namespace linchpin::inbound
