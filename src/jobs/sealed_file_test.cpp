#include "jobs/sealed_file.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/test_folder.h"

namespace linchpin::jobs {
namespace {

std::string content_of(const std::string& path) {
  std::stringstream content;
  content << std::ifstream(path, std::ios::binary).rdbuf();
  return content.str();
}

class SealedFileTest : public ::testing::Test {
 protected:
  void seal(const std::string& content) {
    std::ofstream(plain_, std::ios::binary) << content;
    ASSERT_TRUE(seal_file(plain_, sealed_, key_, "file 1"));
  }
  std::string problem(const Key& key, const std::string& context) {
    const auto opened = OpenedFile::open(sealed_, opened_, key, context);
    return opened ? std::string() : opened.error().detail;
  }

  TestFolder folder_;
  const std::string plain_ = folder_.file("plain");
  const std::string sealed_ = folder_.file("kept/sealed");
  const std::string opened_ = folder_.file("opened");
  const Key key_ = random_key();
};

TEST_F(SealedFileTest, IsReadWholeWhateverItsSizeAndItsPlainCopyGoes) {
  constexpr std::size_t block = std::size_t{1} << 20;
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, block - 1, block, block + 1,
                                 3 * block}) {
    std::string content(size, 'a');
    for (std::size_t i = 0; i < size; i += 997) content[i] = static_cast<char>('b' + i % 20);
    seal(content);
    {
      const auto opened = OpenedFile::open(sealed_, opened_, key_, "file 1");
      ASSERT_TRUE(opened) << size;
      EXPECT_EQ(content_of(opened->path()), content) << size;
      const auto rights = std::filesystem::status(opened->path()).permissions();
      EXPECT_EQ(rights, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    }
    EXPECT_FALSE(std::filesystem::exists(opened_));
  }
}

TEST_F(SealedFileTest, TellsNothingAndStandsForNoOther) {
  seal("王敏,羽毛球");
  EXPECT_EQ(content_of(sealed_).find("羽毛球"), std::string::npos);
  EXPECT_EQ(problem(random_key(), "file 1"), "file_deleted");
  EXPECT_EQ(problem(key_, "file 2"), "file_deleted");
  EXPECT_FALSE(std::filesystem::exists(opened_));
  std::filesystem::remove(sealed_);
  EXPECT_EQ(problem(key_, "file 1"), "file_deleted");
}

TEST_F(SealedFileTest, IsNotReadWhenItsEndIsMissing) {
  constexpr std::size_t sealed_block = (std::size_t{1} << 20) + 28;
  seal(std::string(std::size_t{2} << 20, 'x'));
  std::filesystem::resize_file(sealed_, sealed_block);
  EXPECT_EQ(problem(key_, "file 1"), "file_deleted");
}

}  // namespace
}  // namespace linchpin::jobs
