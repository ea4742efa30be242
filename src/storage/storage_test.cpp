#include "storage/storage.h"

#include <gtest/gtest.h>

#include <filesystem>

namespace linchpin::storage {
namespace {

TEST(Smoke, WritesAndReads) {
  const std::string path = ::testing::TempDir() + "linchpin_smoke.db";
  std::filesystem::remove(path);
  auto database = open_database("sqlite:" + path);
  ASSERT_TRUE(database) << database.error().log_detail;
  const Status made = (*database)->write([](Connection& c) -> Status {
    LP_CHECK(c.execute(Sql("CREATE TABLE account(id INTEGER PRIMARY KEY, name TEXT)")));
    LP_CHECK(c.execute(Sql("INSERT INTO account VALUES(").value(1).add(",").value("a").add(")")));
    return {};
  });
  ASSERT_TRUE(made) << made.error().log_detail;
  const auto name = (*database)->read(
      [](Connection& c) { return query_text(c, Sql("SELECT name FROM ").name("account")); });
  ASSERT_TRUE(name);
  EXPECT_EQ(*name, "a");
}

}  // namespace
}  // namespace linchpin::storage
