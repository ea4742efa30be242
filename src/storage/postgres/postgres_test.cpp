#include <gtest/gtest.h>

#include <limits>
#include <thread>

#include "base/text.h"
#include "storage/postgres/prepared_statements.h"
#include "storage/test_database.h"

namespace linchpin::storage {
namespace {

class PostgresTest : public DatabaseTest {
 protected:
  Result<Value> value_of(const Sql& sql) {
    return database->read([&](Connection& connection) -> Result<Value> {
      LP_TRY(const auto row, connection.prepare(sql));
      LP_CHECK(row->step());
      return row->value(0);
    });
  }
  Value value_of(Literal sql) { return value_of(Sql(sql)).value_or(std::string("failed")); }
};

TEST_F(PostgresTest, NumbersOfEveryTypeComeBack) {
  EXPECT_EQ(value_of("SELECT CAST(-5 AS SMALLINT)"), Value(std::int64_t{-5}));
  EXPECT_EQ(value_of("SELECT CAST(-70000 AS INTEGER)"), Value(std::int64_t{-70000}));
  EXPECT_EQ(value_of("SELECT 1 = 1"), Value(std::int64_t{1}));
  EXPECT_EQ(value_of("SELECT CAST(0.25 AS REAL)"), Value(0.25));
  EXPECT_EQ(value_of("SELECT sum(n) FROM (VALUES (CAST(9000000000000000000 AS BIGINT)), "
                     "(CAST(-1 AS BIGINT))) v(n)"),
            Value(std::int64_t{8'999'999'999'999'999'999}));
  EXPECT_EQ(value_of("SELECT CAST(100000000 AS NUMERIC)"), Value(std::int64_t{100'000'000}));
  EXPECT_EQ(value_of("SELECT CAST(-9223372036854775808 AS NUMERIC)"),
            Value(std::numeric_limits<std::int64_t>::min()));
  EXPECT_EQ(value_of("SELECT CAST(0 AS NUMERIC)"), Value(std::int64_t{0}));
  EXPECT_EQ(value_of("SELECT CAST('-12.0625' AS NUMERIC)"), Value(-12.0625));
  EXPECT_EQ(value_of("SELECT CAST('0.00025' AS NUMERIC)"), Value(0.00025));
  const Value large = value_of("SELECT CAST('1e30' AS NUMERIC)");
  EXPECT_EQ(large, Value(1e30));
}

TEST_F(PostgresTest, NumbersAreReadAsText) {
  const Status read = database->read([](Connection& connection) -> Status {
    LP_TRY(const auto row, connection.prepare(Sql("SELECT 12, CAST(0.5 AS REAL), '7'")));
    LP_CHECK(row->step());
    EXPECT_EQ(row->text(0), "12");
    EXPECT_EQ(row->text(1), "0.5");
    EXPECT_EQ(row->integer(2), 7);
    EXPECT_EQ(row->real(2), 7);
    return {};
  });
  EXPECT_TRUE(read);
}

// One text with values of other types: it is prepared anew.
TEST_F(PostgresTest, AParameterMayChangeItsType) {
  const auto same = [this](const Value& value) {
    Sql sql("SELECT ");
    sql.value(value);
    return value_of(sql).value_or(std::string("failed"));
  };
  const std::vector<Value> values{std::int64_t{1}, 0.5, std::string("北京"), Blob{"\x01"}, Value()};
  for (int round = 0; round < 3; ++round) {
    for (const Value& value : values) EXPECT_EQ(same(value), value);
  }
}

TEST_F(PostgresTest, AZeroByteInATextIsRefused) {
  Sql sql("INSERT INTO account VALUES(1, ");
  sql.value(std::string("a\0b", 3)).add(")");
  EXPECT_FALSE(write(sql));
  EXPECT_EQ(count(), 0);
}

TEST_F(PostgresTest, MoreStatementsThanItKeeps) {
  constexpr std::int64_t more = postgres::PreparedStatements::max_statements + 50;
  const Status read = database->read([](Connection& connection) -> Status {
    for (int round = 0; round < 2; ++round) {
      Sql sql("SELECT 0");
      for (std::int64_t number = 1; number <= more; ++number) {
        sql.add(" + ").value(std::int64_t{1});
        LP_TRY(const std::int64_t sum, query_integer(connection, sql, -1));
        EXPECT_EQ(sum, number);
      }
    }
    return {};
  });
  EXPECT_TRUE(read);
}

TEST_F(PostgresTest, FoldsEveryCharacterAsTheProgramDoes) {
  std::string all;
  for (char32_t c = 1; c < 0x530; ++c) {
    Sql sql("SELECT chr(");
    const Value text = value_of(sql.value(std::int64_t{c}).add("::int)")).value_or(Value());
    all += std::get<std::string>(text);
  }
  all += "，ＡＺ　北京。ｶ";
  Sql sql("SELECT lp_fold(");
  EXPECT_EQ(value_of(sql.value(all).add(")")).value_or(Value()), Value(fold(all)));
}

TEST_F(PostgresTest, AWriteThatGoesOnAfterAFailedStatementIsUndone) {
  ASSERT_TRUE(insert(1));
  const Status done = database->write([](Connection& connection) -> Status {
    LP_CHECK(connection.execute(insert_account(2)));
    EXPECT_FALSE(connection.execute(insert_account(1)));
    return {};  // swallowed
  });
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, ErrorCode::internal);
  EXPECT_EQ(count(), 1);
}

// The connections of this database are cut from outside, as a restarted server does.
class PostgresOutage : public PostgresTest {
 protected:
  void SetUp() override {
    PostgresTest::SetUp();
    database = open_database(target.url() + "&application_name=" + target.workspace(),
                             target.options({.readers = 2}))
                   .value_or(nullptr);
    ASSERT_NE(database, nullptr);
    outside = target.open();
  }
  // The number of connections that there were. A read: the writer of `database` may be at work.
  std::int64_t cut() {
    Sql sql("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid <> ");
    sql.add("pg_backend_pid() AND application_name = ").value(target.workspace());
    return outside->read([&](Connection& connection) { return query_integer(connection, sql, 0); })
        .value_or(-1);
  }

  std::unique_ptr<Database> outside;
};

TEST_F(PostgresOutage, ReadsAndWritesBetweenTwoRequestsGoOn) {
  for (std::int64_t round = 1; round <= 3; ++round) {
    EXPECT_TRUE(insert(round));
    EXPECT_EQ(count(), round);
    EXPECT_GE(cut(), 2);
  }
  EXPECT_EQ(count(), 3);
  const auto twice = database->snapshot([](Connection& connection) { return count(connection); });
  EXPECT_EQ(twice.value_or(-1), 3);
}

TEST_F(PostgresOutage, AWriteThatLosesItsConnectionFailsAsAWhole) {
  const Status cut_off = database->write([this](Connection& connection) -> Status {
    LP_CHECK(connection.execute(insert_account(1)));
    std::thread([this] { EXPECT_GE(cut(), 1); }).join();
    LP_CHECK(connection.execute(insert_account(2)));
    return {};
  });
  ASSERT_FALSE(cut_off);
  EXPECT_EQ(cut_off.error().code, ErrorCode::storage_failed);
  EXPECT_TRUE(cut_off.error().retryable());
  EXPECT_EQ(count(), 0);
  EXPECT_TRUE(insert(3));
}

TEST_F(PostgresOutage, ASnapshotThatLosesItsConnectionFails) {
  const Status cut_off = database->snapshot([this](Connection& connection) -> Status {
    EXPECT_EQ(count(connection).value_or(-1), 0);
    EXPECT_GE(cut(), 1);
    LP_CHECK(count(connection));
    return {};
  });
  ASSERT_FALSE(cut_off);
  EXPECT_EQ(cut_off.error().code, ErrorCode::storage_failed);
  EXPECT_EQ(count(), 0);
}

TEST_F(PostgresOutage, CachesAreDoubtedWhileNobodyIsHeard) {
  const auto version = [this] { return database->data_version().value_or(-1); };
  const std::int64_t before = version();
  EXPECT_GE(cut(), 1);
  while (version() == before) std::this_thread::yield();
  // The connection is made anew and hears again.
  std::int64_t seen = version();
  for (int same = 0; same < 1000;) {
    const std::int64_t now = version();
    same = now == seen ? same + 1 : 0;
    seen = now;
  }
  ASSERT_TRUE(outside->write([](Connection& connection) -> Status {
    LP_CHECK(connection.execute(insert_account(9)));
    return {};
  }));
  while (version() == seen) std::this_thread::yield();
}

class PostgresOpen : public ::testing::Test {
 protected:
  static std::string detail_of(const std::string& url, const OpenOptions& options) {
    const auto opened = open_database(url, options);
    if (opened) return "opened";
    EXPECT_EQ(opened.error().code, ErrorCode::unusable_database);
    return opened.error().detail;
  }

  TestTarget target_{""};
};

TEST_F(PostgresOpen, MakesAWorkspaceOnlyWhenItMay) {
  EXPECT_EQ(detail_of(target_.url(), target_.options({.may_create = false})), "workspace_missing");
  EXPECT_EQ(detail_of(target_.url(), target_.options()), "opened");
  EXPECT_EQ(detail_of(target_.url(), target_.options({.may_create = false})), "opened");
}

TEST_F(PostgresOpen, RefusesWhatIsNoWorkspace) {
  EXPECT_EQ(detail_of(target_.url(), {.workspace = "Main\"; DROP"}), "wrong_workspace_name");
  EXPECT_EQ(detail_of("postgresql://x@/x?host=/nowhere", {}), "database_unreachable");
}

// Of several servers the one that takes writes is used.
TEST_F(PostgresOpen, TriesOneHostAfterTheOther) {
  const std::string url = target_.url();
  const auto host = url.find("host=") + 5;
  EXPECT_EQ(detail_of(url.substr(0, host) + "/nowhere," + url.substr(host), target_.options()),
            "opened");
}

}  // namespace
}  // namespace linchpin::storage
