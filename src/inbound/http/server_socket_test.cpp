// WebSockets through the whole edge.

#include "inbound/http/test_server.h"
#include "inbound/http/test_socket_client.h"

namespace linchpin::inbound {
namespace {

using HttpSocketTest = HttpServerTest;

TEST_F(HttpSocketTest, CarriesTextsBothWays) {
  start();
  TestSocketClient client(port());
  const TestReply reply = client.open("/socket");
  EXPECT_EQ(reply.status, 101);
  EXPECT_EQ(reply.header("Sec-WebSocket-Accept"), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  EXPECT_EQ(client.receive().data, "welcome");
  for (const std::string& text : {std::string("你好"), std::string(60'000, 'x'), std::string()}) {
    client.send_text(text);
    const TestFrame frame = client.receive();
    EXPECT_EQ(frame.code, 1);
    EXPECT_TRUE(frame.data == text);
  }
  EXPECT_EQ(server->counters().open_sockets, 1);
}

TEST_F(HttpSocketTest, AnswersThePingOfAClient) {
  start();
  TestSocketClient client(port());
  client.open("/socket");
  client.receive();
  client.send(9, "beat");
  const TestFrame frame = client.receive();
  EXPECT_EQ(frame.code, 10);
  EXPECT_EQ(frame.data, "beat");
}

TEST_F(HttpSocketTest, PingsASilentClientAndClosesADeadOne) {
  config.limits.socket_ping_time = std::chrono::milliseconds(40);
  start();
  TestSocketClient client(port());
  client.open("/socket");
  EXPECT_EQ(client.receive().data, "welcome");
  EXPECT_EQ(client.receive().code, 9);
  client.send(10, "");
  EXPECT_EQ(client.receive().code, 9);
  // No pong this time.
  EXPECT_TRUE(client.closes());
  EXPECT_TRUE(handler.seen.wait_for_close());
}

TEST_F(HttpSocketTest, RefusesWhatASlowClientDoesNotTakeAndTellsWhenItHas) {
  config.limits.socket_queue_bytes = 64 * 1024;
  start();
  TestSocketClient client(port());
  client.open("/socket");
  EXPECT_EQ(client.receive().data, "welcome");
  client.send_text("flood");
  int received = 0;
  TestFrame frame = client.receive();
  for (; frame.data.size() == 16 * 1024; frame = client.receive()) ++received;
  EXPECT_EQ(frame.data, "resync");
  EXPECT_EQ(received, handler.seen.accepted);
  EXPECT_GE(received, 4);
  EXPECT_TRUE(handler.seen.drained);
}

TEST_F(HttpSocketTest, ClosesAsTheHandlerSaysAfterWhatIsQueued) {
  start();
  {
    TestSocketClient client(port());
    client.open("/socket");
    client.send_text("close");
    EXPECT_EQ(client.receive().data, "welcome");
    const TestFrame frame = client.receive();
    EXPECT_EQ(frame.close_code(), 4001);
    EXPECT_EQ(frame.data.substr(2), "bye");
    client.send(8, "\x0f\xa1");
    EXPECT_TRUE(client.closes());
  }
  EXPECT_TRUE(handler.seen.wait_for_close());
}

TEST_F(HttpSocketTest, TellsTheSessionThatTheClientHasGone) {
  start();
  {
    TestSocketClient client(port());
    client.open("/socket");
  }
  EXPECT_TRUE(handler.seen.wait_for_close());
  while (server->counters().open_connections > 0) std::this_thread::yield();
  EXPECT_EQ(server->counters().open_sockets, 0);
}

TEST_F(HttpSocketTest, ClosesOnMessagesThatAreTooLargeOrNotText) {
  config.limits.socket_message_bytes = 1000;
  start();
  TestSocketClient large(port());
  large.open("/socket");
  large.receive();
  large.send_text(std::string(1001, 'x'));
  EXPECT_EQ(large.receive().close_code(), 1009);
  TestSocketClient binary(port());
  binary.open("/socket");
  binary.receive();
  binary.send(2, "bytes");
  EXPECT_EQ(binary.receive().close_code(), 1003);
  TestSocketClient failing(port());
  failing.open("/socket");
  failing.receive();
  failing.send_text("throw");
  EXPECT_EQ(failing.receive().close_code(), 1011);
}

TEST_F(HttpSocketTest, RefusesPagesOfAnotherSite) {
  start();
  for (const std::string origin : {"http://evil.example", "http://test.evil.example", "null"}) {
    TestSocketClient client(port());
    const TestReply reply = client.open("/socket", "Origin: " + origin + "\r\n");
    EXPECT_EQ(reply.status, 403);
    EXPECT_EQ(reply.body, "forbidden/cross_origin");
  }
  TestSocketClient own(port());
  EXPECT_EQ(own.open("/socket", "Origin: http://TEST\r\n").status, 101);
}

TEST_F(HttpSocketTest, RefusesAsTheHandlerSays) {
  start();
  TestSocketClient client(port());
  EXPECT_EQ(client.open("/closed-door").status, 401);
  TestSocketClient refused(port());
  EXPECT_EQ(refused.open("/refused").status, 403);
  EXPECT_EQ(server->counters().open_sockets, 0);
}

TEST_F(HttpSocketTest, SaysGoodbyeWhenTheServerDrains) {
  start();
  std::thread drain;
  {
    TestSocketClient client(port());
    client.open("/socket");
    EXPECT_EQ(client.receive().data, "welcome");
    drain = std::thread([this] { server->drain(std::chrono::seconds(10)); });
    EXPECT_EQ(client.receive().close_code(), 1001);
    client.send(8, "\x03\xe9");
    EXPECT_TRUE(client.closes());
  }
  drain.join();
  EXPECT_TRUE(handler.seen.closed);
}

TEST_F(HttpSocketTest, EndsSocketsThatDoNotSayGoodbye) {
  start();
  TestSocketClient client(port());
  client.open("/socket");
  server->drain(std::chrono::milliseconds(50));
  server.reset();
  EXPECT_TRUE(handler.seen.closed);
}

}  // namespace
}  // namespace linchpin::inbound
