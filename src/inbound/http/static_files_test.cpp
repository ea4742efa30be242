#include "inbound/http/static_files.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/test_folder.h"

namespace linchpin::inbound {
namespace {

class StaticFilesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(texts.load_folder(LINCHPIN_SOURCE_DIR "/src/inbound/http"));
    std::filesystem::create_directories(folder.file("web/assets"));
    put("web/index.html", "<html>");
    put("web/assets/app-1a2b.js", "plain");
    put("web/assets/app-1a2b.js.br", "brotli");
    put("web/assets/app-1a2b.js.gz", "gzip");
    put("web/logo.png", "png");
    put("web/.secret", "hidden");
    put("outside.txt", "outside");
  }

  void put(const std::string& name, std::string_view content) {
    std::ofstream(folder.file(name)) << content;
  }

  // The body, or the code of the error.
  std::string get(std::string path, std::string encodings = {}) {
    RequestHead head;
    head.path = std::move(path);
    head.headers.emplace_back("accept-encoding", std::move(encodings));
    Result<Response> answer = files.answer(head);
    if (!answer) return std::string(code_name(answer.error().code));
    response = std::move(*answer);
    return response.shared_body ? *response.shared_body : response.body;
  }

  std::string header(std::string_view name) const {
    for (const auto& [key, value] : response.headers) {
      if (key == name) return value;
    }
    return {};
  }

  TestFolder folder;
  Texts texts;
  StaticFiles files{folder.file("web"), texts};
  Response response;
};

TEST_F(StaticFilesTest, ServesHashedFilesForGood) {
  EXPECT_EQ(get("/assets/app-1a2b.js"), "plain");
  EXPECT_EQ(response.content_type, "text/javascript; charset=utf-8");
  EXPECT_EQ(header("Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(header("Vary"), "Accept-Encoding");
}

TEST_F(StaticFilesTest, ChoosesTheCompressedFormThatTheClientAccepts) {
  EXPECT_EQ(get("/assets/app-1a2b.js", "gzip, br"), "brotli");
  EXPECT_EQ(header("Content-Encoding"), "br");
  EXPECT_EQ(response.content_type, "text/javascript; charset=utf-8");
  const std::string tag = header("ETag");
  EXPECT_EQ(get("/assets/app-1a2b.js", "gzip"), "gzip");
  EXPECT_EQ(header("Content-Encoding"), "gzip");
  EXPECT_NE(header("ETag"), tag);
  EXPECT_EQ(get("/assets/app-1a2b.js", "identity"), "plain");
  EXPECT_EQ(header("Content-Encoding"), "");
}

TEST_F(StaticFilesTest, AnswersEveryPageWithTheIndex) {
  for (const std::string path : {"/", "/index.html", "/accounts", "/accounts/0A1B/edit", "/x/"}) {
    EXPECT_EQ(get(path), "<html>") << path;
    EXPECT_EQ(response.content_type, "text/html; charset=utf-8");
    EXPECT_EQ(header("Cache-Control"), "no-cache");
    EXPECT_NE(header("ETag"), "");
  }
}

TEST_F(StaticFilesTest, KnowsNoOtherFiles) {
  EXPECT_EQ(get("/missing.js"), "not_found");
  EXPECT_EQ(get("/assets/app-1a2b.css"), "not_found");
  RequestHead head;
  head.path = "/";
  head.method = Method::post;
  EXPECT_EQ(files.answer(head).error().code, ErrorCode::method_not_allowed);
}

TEST_F(StaticFilesTest, NeverLeavesItsFolder) {
  std::filesystem::create_symlink(folder.file("outside.txt"), folder.file("web/link.txt"));
  std::filesystem::create_directory_symlink(folder.path(), folder.file("web/up"));
  for (const std::string path :
       {"/../outside.txt", "/assets/../../outside.txt", "/./../outside.txt", "//outside.txt",
        "/..\\outside.txt", "/link.txt", "/up/outside.txt", "/.secret", "outside.txt", ""}) {
    EXPECT_EQ(get(path), "not_found") << path;
  }
  EXPECT_EQ(get(std::string("/logo.png\0.txt", 14)), "not_found");
}

TEST_F(StaticFilesTest, StreamsLargeFiles) {
  put("web/large.txt", std::string(max_cached_file_bytes + 1, 'l'));
  EXPECT_EQ(get("/large.txt"), "");
  EXPECT_EQ(response.file, std::filesystem::canonical(folder.file("web/large.txt")));
}

TEST_F(StaticFilesTest, KeepsNoMoreInMemoryThanItsLimit) {
  const std::size_t files_that_fit = max_cached_bytes / max_cached_file_bytes;
  for (std::size_t i = 0; i <= files_that_fit; ++i) {
    const std::string name = "f" + std::to_string(i) + ".txt";
    put("web/" + name, std::string(max_cached_file_bytes, 'f'));
    EXPECT_EQ(get("/" + name).empty(), i == files_that_fit) << i;
  }
}

TEST_F(StaticFilesTest, SaysInBothLanguagesThatThePagesAreNotBuilt) {
  const StaticFiles absent(folder.file("nowhere"), texts);
  RequestHead head;
  head.path = "/";
  const Result<Response> answer = absent.answer(head);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 503);
  EXPECT_NE(answer->body.find("网页尚未构建"), std::string::npos);
  EXPECT_NE(answer->body.find("have not been built"), std::string::npos);
  head.path = "/app.js";
  EXPECT_FALSE(absent.answer(head));
}

}  // namespace
}  // namespace linchpin::inbound
