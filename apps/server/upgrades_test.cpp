#include "upgrades.h"

#include <gtest/gtest.h>

#include "base/test_folder.h"
#include "meta_table.h"

namespace linchpin::server {
namespace {

using storage::Connection;
using storage::Sql;

Status make_first(Connection& connection) {
  LP_CHECK(connection.execute(Sql("CREATE TABLE first_step (id INTEGER PRIMARY KEY)")));
  return {};
}
Result<bool> first_holds(Connection& connection) {
  LP_TRY(const std::int64_t found,
         query_integer(
             connection,
             Sql("SELECT count(*) FROM pragma_table_info('first_step') WHERE name = 'id'"), 0));
  return found == 1;
}
Status make_nothing(Connection&) {
  return {};
}
Status fail(Connection&) {
  return Error::of(ErrorCode::storage_full);
}
Result<bool> never(Connection&) {
  return false;
}

constexpr Upgrade first_upgrade{2, "first", make_first, first_holds};

// One step of the chain behind the version that a new database has here.
std::array<Upgrade, 1> alone(std::string_view name) {
  for (const Upgrade& step : upgrades()) {
    if (step.name == name) return {Upgrade{2, step.name, step.apply, step.holds}};
  }
  ADD_FAILURE() << "there is no step " << name;
  return {};
}

class UpgradesTest : public ::testing::Test {
 protected:
  UpgradesTest() {
    EXPECT_TRUE(database_->write([](Connection& connection) -> Status {
      LP_CHECK(ensure_meta_table(connection));
      return set_meta_value(connection, "schema_version", "1");
    }));
  }
  Status run(std::span<const Upgrade> steps) {
    return database_->write([&](Connection& connection) {
      return upgrade(connection, first_version, steps, 1'790'000'000'000);
    });
  }
  void execute(storage::Literal sql) {
    EXPECT_TRUE(database_->write([&](Connection& connection) -> Status {
      LP_CHECK(connection.execute(Sql(sql)));
      return {};
    }));
  }
  std::int64_t number(storage::Literal sql) {
    return *database_->read(
        [&](Connection& connection) { return query_integer(connection, Sql(sql), -1); });
  }
  std::string version() {
    return *database_->read([](Connection& connection) -> Result<std::string> {
      LP_TRY(const auto value, meta_value(connection, "schema_version"));
      return value.value_or("");
    });
  }
  bool has_first() { return *database_->read(first_holds); }

  TestFolder folder_;
  std::unique_ptr<storage::Database> database_ =
      std::move(*storage::open_database("sqlite:" + folder_.file("upgrade.db")));
};

TEST_F(UpgradesTest, EveryStepIsNotedWithItsVersion) {
  const std::array steps{first_upgrade, Upgrade{3, "second", make_nothing, first_holds}};
  ASSERT_TRUE(run(steps));
  EXPECT_EQ(version(), "3");
  EXPECT_TRUE(database_->read(
      [&](Connection& connection) { return verify_upgrades(connection, 3, steps); }));
}

TEST_F(UpgradesTest, AStepThatFailsTakesTheWholeChainBack) {
  const std::array steps{first_upgrade, Upgrade{3, "second", fail, first_holds}};
  EXPECT_EQ(run(steps).error().code, ErrorCode::storage_full);
  EXPECT_EQ(version(), "1");
  EXPECT_FALSE(has_first());
}

TEST_F(UpgradesTest, AStepThatDoesNotHoldTakesTheWholeChainBack) {
  const std::array steps{first_upgrade, Upgrade{3, "second", make_nothing, never}};
  const Status done = run(steps);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().detail, "upgrade_failed");
  EXPECT_EQ(version(), "1");
  EXPECT_FALSE(has_first());
}

TEST_F(UpgradesTest, WhatIsNotedMustHold) {
  const std::array steps{first_upgrade};
  const Status sound = database_->read(
      [&](Connection& connection) { return verify_upgrades(connection, 2, steps); });
  ASSERT_FALSE(sound);
  EXPECT_EQ(sound.error().detail, "database_half_upgraded");
  EXPECT_EQ(sound.error().params.front().second, "first");
}

TEST_F(UpgradesTest, WhatWasAllocatedIsNotTakenOffAgain) {
  execute("CREATE TABLE invoice (id BIGINT, open_amount BIGINT)");
  execute("CREATE TABLE payment (id BIGINT, amount BIGINT, state TEXT, deleted_at BIGINT)");
  execute(
      "CREATE TABLE payment_allocation (id BIGINT, payment BIGINT, invoice BIGINT, amount BIGINT, "
      "deleted_at BIGINT)");
  execute("INSERT INTO invoice VALUES (1, 30), (2, 100)");
  execute("INSERT INTO payment VALUES (1, 80, NULL, NULL), (2, 50, 'dishonoured', NULL)");
  execute(
      "INSERT INTO payment_allocation VALUES (1, 1, 1, 70, NULL), (2, 1, 2, 5, 9), "
      "(3, 2, 2, 50, NULL)");
  ASSERT_TRUE(run(alone("settled_amounts")));
  EXPECT_EQ(number("SELECT allocated FROM invoice WHERE id = 1"), 70);
  EXPECT_EQ(number("SELECT allocated FROM invoice WHERE id = 2"), 0);
  EXPECT_EQ(number("SELECT open_amount FROM invoice WHERE id = 1"), 30);
  EXPECT_EQ(number("SELECT unallocated FROM payment WHERE id = 1"), 10);
  EXPECT_EQ(number("SELECT unallocated FROM payment WHERE id = 2"), 0);
}

TEST_F(UpgradesTest, OfAYearTheFirstRecordGetsTheKey) {
  execute(
      "CREATE TABLE account_financial (id BIGINT, account BIGINT, year BIGINT, deleted_at BIGINT)");
  execute(
      "INSERT INTO account_financial VALUES (1, 7, 2024, 9), (2, 7, 2024, NULL), "
      "(3, 7, 2024, NULL), (4, 7, 2025, NULL), (5, NULL, 2025, NULL)");
  ASSERT_TRUE(run(alone("yearly_keys")));
  EXPECT_EQ(number("SELECT id FROM account_financial WHERE \"key\" = '7:2024'"), 2);
  EXPECT_EQ(number("SELECT id FROM account_financial WHERE \"key\" = '7:2025'"), 4);
  EXPECT_EQ(number("SELECT count(*) FROM account_financial WHERE \"key\" IS NULL"), 3);
}

TEST(Upgrades, TheChainHasNoGaps) {
  std::int64_t version = first_version;
  for (const Upgrade& step : upgrades()) EXPECT_EQ(step.version, ++version);
  EXPECT_EQ(workspace_version(), version);
}

}  // namespace
}  // namespace linchpin::server
