#include "base/files.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "base/test_folder.h"

namespace linchpin {
namespace {

std::size_t files_in(const std::string& folder) {
  std::size_t count = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder)) ++count;
  return count;
}

unsigned mode_of(const std::string& path) {
  struct stat status {};
  EXPECT_EQ(::stat(path.c_str(), &status), 0);
  return status.st_mode & 0777U;
}

TEST(Files, ReadsWhatWasWritten) {
  const TestFolder folder;
  const std::string content = std::string("枢客\0\n", 8) + std::string(200'000, 'x');
  ASSERT_TRUE(write_file_atomically(folder.file("a"), content));
  EXPECT_EQ(read_file(folder.file("a")).value(), content);
  ASSERT_TRUE(write_file_atomically(folder.file("a"), ""));
  EXPECT_EQ(read_file(folder.file("a")).value(), "");
  EXPECT_EQ(files_in(folder.path()), 1U);
}

TEST(Files, NewFilesAreForTheirOwnerAndOldOnesKeepTheirRights) {
  const TestFolder folder;
  ASSERT_TRUE(write_file_atomically(folder.file("a"), "1"));
  EXPECT_EQ(mode_of(folder.file("a")), 0600U);
  ASSERT_EQ(::chmod(folder.file("a").c_str(), 0644), 0);
  ASSERT_TRUE(write_file_atomically(folder.file("a"), "2"));
  EXPECT_EQ(mode_of(folder.file("a")), 0644U);
}

TEST(Files, AFailedWriteChangesNothing) {
  const TestFolder folder;
  EXPECT_EQ(write_file_atomically(folder.file("missing/a"), "x").error().code,
            ErrorCode::storage_failed);
  std::filesystem::create_directory(folder.file("taken"));
  const Status status = write_file_atomically(folder.file("taken"), "x");
  ASSERT_FALSE(status);
  EXPECT_NE(status.error().log_detail.find("taken"), std::string::npos);
  EXPECT_EQ(files_in(folder.path()), 1U);
}

TEST(Files, ReadingHasALimit) {
  const TestFolder folder;
  ASSERT_TRUE(write_file_atomically(folder.file("a"), std::string(1000, 'x')));
  EXPECT_TRUE(read_file(folder.file("a"), 1000));
  EXPECT_EQ(read_file(folder.file("a"), 999).error().code, ErrorCode::payload_too_large);
}

TEST(Files, TellsAMissingFileFromAnUnreadableOne) {
  const TestFolder folder;
  EXPECT_EQ(read_file(folder.file("none")).error().code, ErrorCode::not_found);
  EXPECT_EQ(read_file(folder.path()).error().code, ErrorCode::storage_failed);
}

TEST(Files, KnowsWhereTheProgramIs) {
  EXPECT_TRUE(std::filesystem::exists(executable_folder() + "/base_test"));
}

}  // namespace
}  // namespace linchpin
