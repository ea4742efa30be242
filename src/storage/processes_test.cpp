// Several processes on one database: here each is a Database of its own.

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "storage/test_database.h"

namespace linchpin::storage {
namespace {

class Processes : public DatabaseTest {
 protected:
  static constexpr std::chrono::seconds patience{20};

  static Status insert_there(Database& there, std::int64_t id) {
    return there.write([&](Connection& connection) -> Status {
      LP_CHECK(connection.execute(insert_account(id)));
      return {};
    });
  }
  std::int64_t version() { return database->data_version().value_or(-1); }
  // A commit elsewhere is heard of, on PostgreSQL after a moment.
  bool changes_from(std::int64_t old_version) {
    const auto end = std::chrono::steady_clock::now() + patience;
    while (version() == old_version) {
      if (std::chrono::steady_clock::now() > end) return false;
      std::this_thread::yield();
    }
    return true;
  }
};

TEST_F(Processes, AnotherProcessHoldsTheLock) {
  auto other = target.open({.busy_timeout = std::chrono::milliseconds(1)});
  const Status held = database->write([&](Connection& connection) -> Status {
    LP_CHECK(connection.execute(insert_account(1)));
    Status refused;
    std::thread([&] {
      refused = other->write([](Connection& there) -> Status {
        LP_CHECK(there.execute(insert_account(2)));
        return {};
      });
    }).join();
    EXPECT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::overloaded);
    EXPECT_EQ(refused.error().detail, "database_locked");
    EXPECT_TRUE(refused.error().retryable());
    return {};
  });
  EXPECT_TRUE(held);
  EXPECT_TRUE(other->write([](Connection& there) -> Status {
    LP_CHECK(there.execute(insert_account(2)));
    return {};
  }));
  EXPECT_EQ(count(), 2);
}

TEST_F(Processes, WritersOfTwoProcessesWaitForEachOther) {
  auto other = target.open();
  constexpr int rounds = 50;
  {
    const auto insert_many = [](Database& there, std::int64_t first) {
      for (std::int64_t id = first; id < first + rounds; ++id) {
        EXPECT_TRUE(insert_there(there, id));
      }
    };
    std::jthread beside([&] { insert_many(*other, 1000); });
    insert_many(*database, 1);
  }
  EXPECT_EQ(count(), 2 * rounds);
}

TEST_F(Processes, DataVersionTellsOfOtherProcessesOnly) {
  auto other = target.open();
  const std::int64_t start = version();
  ASSERT_TRUE(insert(1));
  EXPECT_EQ(count(), 1);
  EXPECT_EQ(version(), start);

  ASSERT_TRUE(insert_there(*other, 2));
  EXPECT_TRUE(changes_from(start));
  const std::int64_t second = version();
  EXPECT_EQ(version(), second);

  ASSERT_TRUE(insert_there(*other, 3));
  ASSERT_TRUE(insert(4));  // the own write does not hide the foreign one
  EXPECT_TRUE(changes_from(second));
}

// Each reads what is there and writes one more: a writer that had not waited for the other would
// number twice.
TEST_F(Processes, WhatAWriteReadStaysTrue) {
  auto other = target.open();
  constexpr int rounds = 100;
  const auto number_on = [](Database& there) {
    for (int round = 0; round < rounds; ++round) {
      EXPECT_TRUE(there.write([](Connection& connection) -> Status {
        LP_TRY(const std::int64_t last,
               query_integer(connection, Sql("SELECT max(id) FROM account"), 0));
        LP_CHECK(connection.execute(insert_account(last + 1)));
        return {};
      }));
    }
  };
  {
    std::jthread beside([&] { number_on(*other); });
    number_on(*database);
  }
  EXPECT_EQ(count(), 2 * rounds);
}

}  // namespace
}  // namespace linchpin::storage
