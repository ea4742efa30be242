#pragma once

// For tests of this folder: an empty database of its own.

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include "storage/ddl.h"
#include "storage/storage.h"
#include "storage/test_target.h"

namespace linchpin::storage {

class TestFolder {
 public:
  TestFolder() {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    path_ = ::testing::TempDir() + "linchpin_" + test->test_suite_name() + "_" + test->name() +
            "_" + std::to_string(::getpid());
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  ~TestFolder() { std::filesystem::remove_all(path_); }
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;

  std::string file(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

inline std::unique_ptr<Database> open_file(const std::string& path,
                                           const OpenOptions& options = {}) {
  auto database = open_database("sqlite:" + path, options);
  EXPECT_TRUE(database) << database.error().detail << " " << database.error().log_detail;
  return database ? std::move(*database) : nullptr;
}

inline Sql insert_account(std::int64_t id) {
  Sql sql("INSERT INTO account VALUES(");
  sql.value(id).add(", ").value("code " + std::to_string(id)).add(")");
  return sql;
}

// With the table account(id, code), whose codes are unique.
class DatabaseTest : public ::testing::Test {
 protected:
  void SetUp() override { open(); }

  void open(const OpenOptions& options = {}) {
    database.reset();
    database = target.open(options);
    ASSERT_NE(database, nullptr);
    Sql table("CREATE TABLE IF NOT EXISTS account(id");
    table.add(assigned_key_column(database->dialect())).add(", code TEXT UNIQUE)");
    ASSERT_TRUE(write(table));
  }
  std::string path() const { return folder.file("test.db"); }

  Status write(const Sql& sql) {
    return database->write([&](Connection& connection) -> Status {
      LP_CHECK(connection.execute(sql));
      return {};
    });
  }
  Status write(Literal sql) { return write(Sql(sql)); }
  Status insert(std::int64_t id) { return write(insert_account(id)); }

  static Result<std::int64_t> count(Connection& connection) {
    return query_integer(connection, Sql("SELECT count(*) FROM account"), -1);
  }
  std::int64_t count() {
    return database->read([](Connection& connection) { return count(connection); }).value_or(-1);
  }

  TestFolder folder;
  TestTarget target{folder.file("test.db")};
  std::unique_ptr<Database> database;
};

}  // namespace linchpin::storage
