// Uploads through the whole edge.

#include <filesystem>

#include "inbound/http/test_server.h"

namespace linchpin::inbound {
namespace {

using HttpUploadTest = HttpServerTest;

constexpr std::string_view type = "Content-Type: multipart/form-data; boundary=XX\r\n";

std::string upload_part(std::string_view disposition, std::string_view content) {
  return "--XX\r\nContent-Disposition: form-data; " + std::string(disposition) + "\r\n\r\n" +
         std::string(content) + "\r\n";
}

std::string file_part(std::string_view content) {
  return upload_part("name=\"file\"; filename=\"订单.csv\"", content);
}

std::size_t files_in(const TestFolder& folder) {
  return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder.path()),
                                                std::filesystem::directory_iterator()));
}

TEST_F(HttpUploadTest, StoresTheFileAndKeepsTheFields) {
  start();
  TestClient client(port());
  const std::string body =
      upload_part("name=\"note\"", "hello") + file_part("a,b\n1,2") + "--XX--\r\n";
  const TestReply reply = client.post("/upload", body, type);
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, "订单.csv:7:a,b\n1,2:hello");
  EXPECT_EQ(files_in(folder), 0u);
  EXPECT_EQ(client.get("/next").status, 200);
}

TEST_F(HttpUploadTest, StreamsALargeFile) {
  start();
  TestClient client(port());
  const std::string content(5'000'000, 'd');
  const std::string body = file_part(content) + "--XX--\r\n";
  EXPECT_EQ(client.post("/upload", body, type).body, "订单.csv:5000000:dddddddddddddddddddd:");
}

TEST_F(HttpUploadTest, LeavesNoFileOfABrokenUpload) {
  start();
  for (const std::string& body :
       {file_part("data"), std::string("nothing"), file_part("data") + "--XXgarbage\r\n",
        std::string("--XX\r\nX-Other: 1\r\n\r\nx\r\n--XX--\r\n")}) {
    TestClient client(port());
    const TestReply reply = client.post("/upload", body, type);
    EXPECT_EQ(reply.status, 400);
    EXPECT_EQ(reply.body, "malformed/broken_multipart");
    EXPECT_EQ(files_in(folder), 0u);
  }
  TestClient without(port());
  const std::string text_only = upload_part("name=\"note\"", "x") + "--XX--\r\n";
  EXPECT_EQ(without.post("/upload", text_only, type).body, "malformed/file_part_missing");
}

TEST_F(HttpUploadTest, RefusesAnotherContentType) {
  start();
  TestClient client(port());
  EXPECT_EQ(client.post("/upload", "a,b", "Content-Type: text/csv\r\n").status, 415);
}

TEST_F(HttpUploadTest, TakesABodyWithoutPartsWhereTheRouteDoes) {
  start();
  TestClient client(port());
  EXPECT_EQ(client.post("/raw", "a,b", "Content-Type: text/csv\r\n").body, ":3:a,b:");
  EXPECT_EQ(
      client.post("/raw", upload_part("name=\"note\"", "x") + file_part("a,b") + "--XX--\r\n", type)
          .body,
      "订单.csv:3:a,b:x");
  EXPECT_EQ(client.post("/raw", "", "Content-Type: text/csv\r\n").body,
            "malformed/file_part_missing");
  TestClient without(port());
  EXPECT_EQ(without.post("/raw", "x", "Content-Type: multipart/form-data\r\n").status, 415);
  EXPECT_EQ(files_in(folder), 0u);
}

TEST_F(HttpUploadTest, KeepsTheLimitOfTheRoute) {
  start();
  const std::string large(raw_upload_bytes + 1, 'd');
  for (const auto& [body, of_type] :
       {std::pair<std::string, std::string_view>(large, "Content-Type: text/csv\r\n"),
        std::pair<std::string, std::string_view>(file_part(large) + "--XX--\r\n", type)}) {
    TestClient client(port());
    const TestReply reply = client.post("/raw", body, of_type);
    EXPECT_EQ(reply.status, 413);
    EXPECT_EQ(reply.body, "payload_too_large/upload_too_large");
    EXPECT_EQ(files_in(folder), 0u);
  }
}

TEST_F(HttpUploadTest, StopsAFileThatIsTooLargeAndRemovesIt) {
  config.limits.upload_bytes = 1'000'000;
  start();
  TestClient announced(port());
  const TestReply early =
      announced.ask("POST /upload HTTP/1.1\r\nHost: test\r\nContent-Length: 2147483648\r\n" +
                    std::string(type) + "\r\n");
  EXPECT_EQ(early.status, 413);
  TestClient streamed(port());
  const std::string body = file_part(std::string(1'500'000, 'd')) + "--XX--\r\n";
  const TestReply late = streamed.post("/upload", body, type);
  EXPECT_EQ(late.status, 413);
  EXPECT_EQ(late.body, "payload_too_large/upload_too_large");
  EXPECT_EQ(files_in(folder), 0u);
}

TEST_F(HttpUploadTest, LeavesNoFileWhenTheClientGoesAway) {
  start();
  {
    TestClient client(port());
    client.send("POST /upload HTTP/1.1\r\nHost: test\r\nContent-Length: 3000000\r\n" +
                std::string(type) + "\r\n" + file_part(std::string(1'000'000, 'd')));
    while (files_in(folder) == 0) std::this_thread::yield();
  }
  while (server->counters().open_connections > 0) std::this_thread::yield();
  EXPECT_EQ(files_in(folder), 0u);
}

TEST_F(HttpUploadTest, SaysThatTheUploadFolderCannotBeUsed) {
  start();
  std::filesystem::remove_all(folder.path());
  TestClient client(port());
  const TestReply reply = client.post("/upload", file_part("data") + "--XX--\r\n", type);
  EXPECT_EQ(reply.status, 503);
  EXPECT_EQ(reply.body, "storage_failed/");
}

}  // namespace
}  // namespace linchpin::inbound
