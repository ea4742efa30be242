#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <sstream>

#include "storage/test_database.h"

namespace linchpin::storage {
namespace {

class SqliteOpen : public ::testing::Test {
 protected:
  void write_file(const std::string& path, const std::string& content) {
    std::ofstream(path, std::ios::binary) << content;
  }
  std::string content(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
  }
  void expect_refused(const std::string& url, const std::string& detail,
                      const ErrorParams& params) {
    const auto opened = open_database(url);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::unusable_database);
    EXPECT_EQ(opened.error().detail, detail);
    EXPECT_EQ(opened.error().params, params);
  }

  TestFolder folder_;
};

TEST_F(SqliteOpen, MakesAFileForItsOwnerOnly) {
  const std::string path = folder_.file("new.db");
  const auto database = open_file(path);
  ASSERT_NE(database, nullptr);
  EXPECT_EQ(database->dialect(), Dialect::sqlite);
  ASSERT_TRUE(database->write([](Connection& connection) -> Status {
    LP_CHECK(connection.execute(Sql("CREATE TABLE a(b)")));
    return {};
  }));
  for (const char* suffix : {"", "-wal", "-shm"}) {
    struct stat state {};
    ASSERT_EQ(::stat((path + suffix).c_str(), &state), 0) << suffix;
    EXPECT_EQ(state.st_mode & 0777, 0600u) << suffix;
  }
}

TEST_F(SqliteOpen, TakesASpecialNameForAFileName) {
  const auto old_folder = std::filesystem::current_path();
  std::filesystem::current_path(folder_.file(""));
  const auto database = open_file(":memory:");
  std::filesystem::current_path(old_folder);
  ASSERT_NE(database, nullptr);
  EXPECT_TRUE(database->read(
      [](Connection& connection) { return query_integer(connection, Sql("SELECT 1"), 0); }));
  EXPECT_TRUE(std::filesystem::exists(folder_.file(":memory:")));
}

TEST_F(SqliteOpen, LeavesAFileThatIsNoDatabaseAsItIs) {
  const std::string path = folder_.file("notes.txt");
  for (const std::string& text :
       {std::string("a"), std::string("客户,金额\n甲,1\n"), std::string(20'000, 'x')}) {
    write_file(path, text);
    expect_refused("sqlite:" + path, "not_a_database", {{"path", path}});
    EXPECT_TRUE(content(path) == text);
    EXPECT_FALSE(std::filesystem::exists(path + "-wal"));
    EXPECT_FALSE(std::filesystem::exists(path + "-journal"));
  }
}

TEST_F(SqliteOpen, RefusesADamagedDatabase) {
  const std::string path = folder_.file("damaged.db");
  {
    const auto database = open_file(path);
    ASSERT_TRUE(database->write([](Connection& connection) -> Status {
      LP_CHECK(connection.execute(Sql("CREATE TABLE a(b)")));
      return {};
    }));
  }
  std::string bytes = content(path);
  std::fill(bytes.begin() + 100, bytes.begin() + 400, '\x7f');
  write_file(path, bytes);
  const auto opened = open_database("sqlite:" + path);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().detail, "not_a_database");
}

TEST_F(SqliteOpen, RefusesWhatItCannotReadOrWrite) {
  const std::string directory = folder_.file("directory");
  std::filesystem::create_directory(directory);
  expect_refused("sqlite:" + directory, "database_unreadable", {{"path", directory}});

  const std::string nowhere = folder_.file("missing/new.db");
  expect_refused("sqlite:" + nowhere, "database_unreadable", {{"path", nowhere}});
  EXPECT_FALSE(std::filesystem::exists(folder_.file("missing")));

  const std::string pipe = folder_.file("pipe");
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  expect_refused("sqlite:" + pipe, "database_unreadable", {{"path", pipe}});
}

TEST_F(SqliteOpen, RefusesUnknownKinds) {
  for (const char* url : {"", "sqlite", "sqlite:", "/tmp/a.db", "mysql://host/name", "SQLITE:a"}) {
    expect_refused(url, "unknown_database_kind", {{"url", url}});
  }
}

}  // namespace
}  // namespace linchpin::storage
