#include "storage/sqlite/sqlite_copy.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "base/files.h"
#include "base/test_folder.h"
#include "storage/storage.h"

namespace linchpin::storage::sqlite {
namespace {

class SqliteCopyTest : public ::testing::Test {
 protected:
  std::unique_ptr<Database> open(const std::string& file) {
    auto opened = open_database("sqlite:" + file);
    EXPECT_TRUE(opened);
    return std::move(*opened);
  }
  Status add(Database& database, int value) {
    return database.write([&](Connection& connection) -> Status {
      LP_CHECK(connection.execute(Sql("CREATE TABLE IF NOT EXISTS t (n INTEGER)")));
      Sql sql("INSERT INTO t(n) VALUES (");
      LP_CHECK(connection.execute(sql.value(std::int64_t{value}).add(")")));
      return {};
    });
  }
  std::int64_t sum(const std::string& file) {
    return *open(file)->read([](Connection& connection) {
      return query_integer(connection, Sql("SELECT sum(n) FROM t"), -1);
    });
  }
  std::string detail(const Status& status) {
    EXPECT_FALSE(status);
    return status ? std::string() : status.error().detail;
  }

  TestFolder folder;
  const std::string path = folder.file("source.db");
  const std::string copy = folder.file("copy.db");
};

TEST_F(SqliteCopyTest, ACopyHasWhatWasCommittedAndNeedsNoFileBesideIt) {
  const auto database = open(path);
  ASSERT_TRUE(add(*database, 1));
  ASSERT_TRUE(copy_database(path, copy));
  ASSERT_TRUE(add(*database, 10));
  ASSERT_TRUE(verify_database(copy));
  EXPECT_FALSE(std::filesystem::exists(copy + "-wal"));
  EXPECT_EQ(std::filesystem::status(copy).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  EXPECT_EQ(sum(copy), 1);
  EXPECT_EQ(sum(path), 11);
}

TEST_F(SqliteCopyTest, WritersGoOnWhileACopyIsMade) {
  const auto database = open(path);
  ASSERT_TRUE(add(*database, 1));
  const Status copied = database->write([&](Connection& connection) -> Status {
    LP_CHECK(connection.execute(Sql("INSERT INTO t(n) VALUES (5)")));
    return copy_database(path, copy);
  });
  ASSERT_TRUE(copied);
  EXPECT_EQ(sum(copy), 1);
}

TEST_F(SqliteCopyTest, NothingIsOverwrittenAndNothingHalfIsLeft) {
  ASSERT_TRUE(write_file_atomically(copy, "mine"));
  ASSERT_TRUE(add(*open(path), 1));
  EXPECT_EQ(detail(copy_database(path, copy)), "copy_exists");
  EXPECT_EQ(detail(move_into_place(path, copy)), "copy_exists");
  EXPECT_EQ(*read_file(copy), "mine");

  const std::string text = folder.file("text.db");
  ASSERT_TRUE(write_file_atomically(text, std::string(8192, 'x')));
  EXPECT_EQ(detail(copy_database(text, folder.file("new.db"))), "not_a_database");
  EXPECT_FALSE(std::filesystem::exists(folder.file("new.db")));
  EXPECT_EQ(detail(copy_database(folder.file("none.db"), folder.file("new.db"))),
            "database_unreadable");
}

TEST_F(SqliteCopyTest, DamageIsFound) {
  {
    const auto database = open(path);
    ASSERT_TRUE(database->write([](Connection& connection) -> Status {
      LP_CHECK(connection.execute(Sql("CREATE TABLE wide (id INTEGER PRIMARY KEY, text TEXT)")));
      LP_CHECK(connection.execute(
          Sql("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) "
              "INSERT INTO wide SELECT i, printf('%0100d', i) FROM n")));
      return {};
    }));
  }
  std::string bytes = *read_file(path);
  constexpr std::size_t page = 8192;
  ASSERT_GT(bytes.size(), 10 * page);
  bytes.replace(6 * page, page, std::string(page, 'x'));
  ASSERT_TRUE(write_file_atomically(path, bytes));
  const Status found = verify_database(path);
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, ErrorCode::unusable_database);
}

TEST_F(SqliteCopyTest, ADatabaseIsOverwrittenOnlyWhenNobodyHasItOpen) {
  ASSERT_TRUE(add(*open(path), 1));
  ASSERT_TRUE(copy_database(path, copy));
  {
    const auto database = open(path);
    ASSERT_TRUE(add(*database, 10));
    EXPECT_EQ(detail(overwrite_database(copy, path)), "database_in_use");
    EXPECT_EQ(sum(path), 11);
  }
  ASSERT_TRUE(overwrite_database(copy, path));
  EXPECT_EQ(sum(path), 1);
}

}  // namespace
}  // namespace linchpin::storage::sqlite
