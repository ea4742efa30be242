#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "storage/test_database.h"

namespace linchpin::storage {
namespace {

class Durability : public DatabaseTest {};

class SqliteDurability : public DatabaseTest {
 protected:
  // What a machine would find that lost its power now: the files as they are, nothing closed.
  std::unique_ptr<Database> open_copy_of_files() {
    const std::string copy = folder.file("copy.db");
    for (const char* suffix : {"", "-wal"}) {
      std::filesystem::copy_file(path() + suffix, copy + suffix,
                                 std::filesystem::copy_options::overwrite_existing);
    }
    return open_file(copy);
  }
};

TEST_F(Durability, AClientsFailureUndoesItsOwnChangesOnly) {
  constexpr int clients = 32;
  constexpr int rounds = 30;
  const auto before = database->counters();
  {
    std::vector<std::jthread> threads;
    for (int client = 0; client < clients; ++client) {
      threads.emplace_back([this, client] {
        for (int round = 0; round < rounds; ++round) {
          const std::int64_t id = client * rounds + round;
          const bool fails = id % 3 == 0;
          const Status status = database->write([&](Connection& connection) -> Status {
            LP_CHECK(connection.execute(insert_account(id)));
            if (fails) return Error::of(ErrorCode::version_conflict);
            return {};
          });
          EXPECT_EQ(status.has_value(), !fails);
        }
      });
    }
  }
  EXPECT_EQ(count(), clients * rounds * 2 / 3);
  const auto wrong = database->read([](Connection& connection) {
    return query_integer(connection, Sql("SELECT count(*) FROM account WHERE id % 3 = 0"), -1);
  });
  EXPECT_EQ(wrong.value_or(-1), 0);
  EXPECT_EQ(database->counters().writes - before.writes, clients * rounds * 2 / 3);
}

TEST_F(Durability, ManyClientsShareEachCommit) {
  constexpr int clients = 32;
  constexpr int rounds = 100;
  const auto before = database->counters();
  {
    std::vector<std::jthread> threads;
    for (int client = 0; client < clients; ++client) {
      threads.emplace_back([this, client] {
        for (int round = 0; round < rounds; ++round) {
          EXPECT_TRUE(insert(client * rounds + round));
        }
      });
    }
  }
  const auto after = database->counters();
  EXPECT_EQ(after.writes - before.writes, clients * rounds);
  EXPECT_LE((after.commits - before.commits) * 8, clients * rounds);
  EXPECT_EQ(after.rejected, 0);
  EXPECT_EQ(count(), clients * rounds);
}

TEST_F(SqliteDurability, WhatIsAcknowledgedIsOnTheDisk) {
  for (std::int64_t id = 1; id <= 5; ++id) {
    ASSERT_TRUE(insert(id));
    const auto copy = open_copy_of_files();
    ASSERT_NE(copy, nullptr);
    EXPECT_EQ(copy->read([](Connection& connection) { return count(connection); }).value_or(-1),
              id);
  }
}

TEST_F(SqliteDurability, ARunningWriteIsNotInTheFiles) {
  ASSERT_TRUE(insert(1));
  const Status written = database->write([this](Connection& connection) -> Status {
    LP_CHECK(connection.execute(insert_account(2)));
    const auto copy = open_copy_of_files();
    EXPECT_EQ(copy->read([](Connection& other) { return count(other); }).value_or(-1), 1);
    return {};
  });
  EXPECT_TRUE(written);
}

TEST_F(SqliteDurability, ReopenedItHoldsEverythingInOneFile) {
  ASSERT_TRUE(insert(1));
  database.reset();
  EXPECT_FALSE(std::filesystem::exists(path() + "-wal"));
  open();
  EXPECT_EQ(count(), 1);
}

}  // namespace
}  // namespace linchpin::storage
