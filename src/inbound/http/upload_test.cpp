#include "inbound/http/upload.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/test_folder.h"

namespace linchpin::inbound {
namespace {

std::string field(std::string_view name, std::string_view text) {
  return "--b\r\nContent-Disposition: form-data; name=" + std::string(name) + "\r\n\r\n" +
         std::string(text) + "\r\n";
}

std::string failure(const std::string& body, std::int64_t limit = 1000) {
  const TestFolder folder;
  Request request;
  UploadReceiver receiver(folder.path(), "b", limit);
  Status status = receiver.receive(body);
  if (status) status = receiver.finish(request);
  return status ? std::string() : status.error().detail;
}

TEST(Upload, LimitsTheFileAndTheFieldsApart) {
  EXPECT_EQ(failure(field("file", std::string(1000, 'x')) + "--b--"), "");
  EXPECT_EQ(failure(field("file", std::string(1001, 'x')) + "--b--"), "upload_too_large");
  const std::string file = field("file", "x");
  EXPECT_EQ(failure(file + field("a", std::string(max_upload_field_bytes, 'x')) + "--b--"), "");
  EXPECT_EQ(failure(file + field("a", std::string(max_upload_field_bytes + 1, 'x')) + "--b--"),
            "upload_field_too_large");
}

TEST(Upload, TakesOneFileAndTextThatIsText) {
  EXPECT_EQ(failure(field("file", "x") + field("file", "y") + "--b--"), "several_files");
  EXPECT_EQ(failure(field("file", "x") + field("a", "\xff") + "--b--"), "broken_multipart");
  EXPECT_EQ(failure(field("file", "\xff") + "--b--"), "");
}

TEST(Upload, GivesTheFileAwayOnce) {
  const TestFolder folder;
  std::string path;
  {
    Request request;
    UploadReceiver receiver(folder.path(), "b", 1000);
    ASSERT_TRUE(receiver.receive(field("file", "content") + "--b--"));
    ASSERT_TRUE(receiver.finish(request));
    path = request.upload->release();
  }
  ASSERT_TRUE(std::filesystem::exists(path));
  { const UploadedFile removed(path, "a.csv", 7); }
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(Upload, SaysThatTheDiskIsFull) {
  File full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
  const Status written = full.write("data");
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, ErrorCode::storage_full);
}

TEST(Upload, RemovesOnlyOldTemporariesOfEarlierRuns) {
  const TestFolder folder;
  for (const std::string name : {"upload-old", "upload-new", "other-old"}) {
    std::ofstream(folder.file(name)) << "x";
  }
  const auto long_ago = std::filesystem::file_time_type::clock::now() - std::chrono::hours(48);
  std::filesystem::last_write_time(folder.file("upload-old"), long_ago);
  std::filesystem::last_write_time(folder.file("other-old"), long_ago);
  remove_stale_temporaries(folder.path());
  EXPECT_FALSE(std::filesystem::exists(folder.file("upload-old")));
  EXPECT_TRUE(std::filesystem::exists(folder.file("upload-new")));
  EXPECT_TRUE(std::filesystem::exists(folder.file("other-old")));
}

}  // namespace
}  // namespace linchpin::inbound
