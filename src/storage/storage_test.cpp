#include "storage/storage.h"

#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <thread>
#include <vector>

#include "base/locale.h"
#include "storage/test_database.h"
#include "storage/time_limit.h"

namespace linchpin::storage {
namespace {

class Storage : public DatabaseTest {};

TEST_F(Storage, ValuesComeBackAsTheyWere) {
  Sql table("CREATE TABLE kept(a BIGINT, b DOUBLE PRECISION, c TEXT, d");
  table.add(bytes_column(database->dialect())).add(", e TEXT, f BIGINT)");
  ASSERT_TRUE(write(table));
  const std::string zero_inside("a\0b", 3);
  Sql sql("INSERT INTO kept VALUES(");
  sql.value(std::int64_t{1} << 62).add(",").value(0.25).add(",").value("客户").add(",");
  sql.value(Blob{zero_inside}).add(",").value(std::string_view()).add(",").null().add(")");
  ASSERT_TRUE(write(sql));

  const Status read = database->read([&](Connection& connection) -> Status {
    LP_TRY(const auto row, connection.prepare(Sql("SELECT * FROM kept")));
    LP_TRY(const bool found, row->step());
    EXPECT_TRUE(found);
    EXPECT_EQ(row->columns(), 6);
    EXPECT_EQ(row->integer(0), std::int64_t{1} << 62);
    EXPECT_EQ(row->real(1), 0.25);
    EXPECT_EQ(row->text(2), "客户");
    EXPECT_EQ(row->blob(3), zero_inside);
    EXPECT_EQ(row->text(4), "");
    EXPECT_FALSE(row->is_null(4));
    EXPECT_TRUE(row->is_null(5));
    EXPECT_EQ(row->value(0), Value(std::int64_t{1} << 62));
    EXPECT_EQ(row->value(1), Value(0.25));
    EXPECT_EQ(row->value(2), Value(std::string("客户")));
    EXPECT_EQ(row->value(3), Value(Blob{zero_inside}));
    EXPECT_EQ(row->value(5), Value());
    return {};
  });
  EXPECT_TRUE(read);
}

// How the database counts to `last`: as far as it is let.
Result<std::int64_t> count_to(Database& database, std::int64_t last) {
  Sql sql("WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < ");
  sql.value(last).add(") SELECT count(*) FROM counted");
  return database.snapshot(
      [&](Connection& connection) { return query_integer(connection, sql, 0); });
}

TEST_F(Storage, AReadThatTakesTooLongIsEndedAndTheNextOneIsNot) {
  constexpr std::int64_t endless = std::int64_t{1} << 40;
  constexpr std::int64_t few = 10;
  {
    const TimeLimit limit(std::chrono::milliseconds(20));
    const auto ended = count_to(*database, endless);
    ASSERT_FALSE(ended);
    EXPECT_EQ(ended.error().code, ErrorCode::query_too_expensive);
    EXPECT_EQ(TimeLimit::current(), std::chrono::milliseconds(20));
  }
  EXPECT_EQ(TimeLimit::current(), std::chrono::milliseconds(0));
  EXPECT_EQ(count_to(*database, few).value_or(0), few);
  // What belongs to no request goes on for as long as it takes.
  constexpr std::int64_t many = 1'000'000;
  EXPECT_EQ(count_to(*database, many).value_or(0), many);
}

TEST_F(Storage, QueriesOfOneValueKnowNothingFound) {
  ASSERT_TRUE(insert(1));
  const Status read = database->read([](Connection& connection) -> Status {
    EXPECT_EQ(query_integer(connection, Sql("SELECT id FROM account"), 9).value_or(0), 1);
    EXPECT_EQ(query_integer(connection, Sql("SELECT id FROM account WHERE 1 = 0"), 9).value_or(0),
              9);
    EXPECT_EQ(query_integer(connection, Sql("SELECT NULL"), 9).value_or(0), 9);
    EXPECT_EQ(query_text(connection, Sql("SELECT code FROM account")).value_or(""), "code 1");
    EXPECT_EQ(query_text(connection, Sql("SELECT NULL")).value_or("x"), "");
    EXPECT_FALSE(query_text(connection, Sql("SELECT nothing FROM nowhere")));
    return {};
  });
  EXPECT_TRUE(read);
}

TEST_F(Storage, ExecuteCountsTouchedRows) {
  const Status done = database->write([](Connection& connection) -> Status {
    EXPECT_EQ(connection.execute(Sql("INSERT INTO account VALUES(1,'a'),(2,'b')")).value_or(-1), 2);
    EXPECT_EQ(connection.execute(Sql("CREATE TABLE other(id BIGINT)")).value_or(-1), 0);
    EXPECT_EQ(connection.execute(Sql("UPDATE account SET code='c' WHERE id>5")).value_or(-1), 0);
    EXPECT_EQ(connection.execute(Sql("SELECT * FROM account")).value_or(-1), 0);
    EXPECT_EQ(connection.execute(Sql("DELETE FROM account")).value_or(-1), 2);
    return {};
  });
  EXPECT_TRUE(done);
}

TEST_F(Storage, AStatementIsBoundAndSteppedAgain) {
  const Status done = database->write([](Connection& connection) -> Status {
    Sql sql("INSERT INTO account VALUES(");
    sql.parameter().add(",").parameter().add(")");
    LP_TRY(const auto statement, connection.prepare(sql));
    for (int id = 1; id <= 3; ++id) {
      statement->bind_integer(0, id);
      statement->bind_text(1, std::string("made ") + std::to_string(id));
      LP_CHECK(statement->step());
      LP_TRY(const bool again, statement->step());
      EXPECT_FALSE(again);
      statement->reset();
    }
    statement->bind_integer(0, 4);  // what is bound stays
    const Status twin = connection.attempt([&]() -> Status {
      LP_CHECK(statement->step());
      return {};
    });
    EXPECT_EQ(twin.error().code, ErrorCode::duplicate);
    statement->reset();
    statement->bind_null(1);
    LP_CHECK(statement->step());
    statement->reset();
    statement->bind(0, Value(std::int64_t{5}));
    statement->bind(1, Value(std::string("five")));
    LP_CHECK(statement->step());
    return {};
  });
  EXPECT_TRUE(done);
  EXPECT_EQ(count(), 5);
}

TEST_F(Storage, AnAttemptUndoesItselfOnly) {
  const Status done = database->write([](Connection& connection) -> Status {
    const auto insert_both = [&](std::int64_t a, std::int64_t b) -> Status {
      LP_CHECK(connection.execute(insert_account(a)));
      LP_CHECK(connection.execute(insert_account(b)));
      return {};
    };
    LP_CHECK(insert_both(1, 2));
    const Status again = connection.attempt([&] { return insert_both(3, 1); });
    EXPECT_FALSE(again);
    EXPECT_EQ(again.error().code, ErrorCode::duplicate);
    EXPECT_EQ(count(connection).value_or(-1), 2);
    const Status refused = connection.attempt([&]() -> Status {
      LP_CHECK(insert_both(4, 5));
      EXPECT_FALSE(connection.attempt([&] { return insert_both(6, 5); }));
      EXPECT_EQ(count(connection).value_or(-1), 4);
      return Error::of(ErrorCode::invalid_state);
    });
    EXPECT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::invalid_state);
    EXPECT_FALSE(connection.attempt([]() -> Status { return Error::of(ErrorCode::not_found); }));
    return connection.attempt([&] { return insert_both(7, 8); });
  });
  EXPECT_TRUE(done);
  EXPECT_EQ(count(), 4);
}

TEST_F(Storage, AScanGivesEveryRowWhateverHappensBesideIt) {
  constexpr std::int64_t rows = 2'500;
  const Status filled = database->write([](Connection& connection) -> Status {
    for (std::int64_t id = 1; id <= rows; ++id) LP_CHECK(connection.execute(insert_account(id)));
    return {};
  });
  ASSERT_TRUE(filled);
  const auto scan = [](Connection& connection) -> Result<std::int64_t> {
    Sql sql("SELECT id FROM account WHERE id > ");
    sql.value(std::int64_t{0}).add(" ORDER BY id");
    LP_TRY(const auto outer, connection.scan(sql));
    std::int64_t seen = 0;
    while (true) {
      LP_TRY(const bool found, outer->step());
      if (!found) return seen;
      EXPECT_EQ(outer->integer(0), ++seen);
      if (seen % 500 != 1) continue;
      LP_TRY(const auto inner, connection.scan(sql));
      LP_CHECK(inner->step());  // and left before its end
      EXPECT_EQ(inner->integer(0), 1);
      EXPECT_EQ(count(connection).value_or(-1), std::int64_t{rows});
    }
  };
  EXPECT_EQ(database->read(scan).value_or(-1), rows);
  EXPECT_EQ(database->snapshot(scan).value_or(-1), rows);
  EXPECT_EQ(database->write(scan).value_or(-1), rows);
  EXPECT_FALSE(database->read([](Connection& connection) -> Status {
    LP_TRY(const auto wrong, connection.scan(Sql("SELECT nothing FROM nowhere")));
    LP_CHECK(wrong->step());
    return {};
  }));
  EXPECT_EQ(count(), rows);
  EXPECT_TRUE(insert(rows + 1));
}

TEST_F(Storage, OneTextMayBeInUseTwice) {
  ASSERT_TRUE(insert(1));
  ASSERT_TRUE(insert(2));
  const Status read = database->read([](Connection& connection) -> Status {
    const Sql sql("SELECT id FROM account ORDER BY id");
    std::int64_t pairs = 0;
    LP_TRY(const auto outer, connection.prepare(sql));
    for (;;) {
      LP_TRY(const bool outer_row, outer->step());
      if (!outer_row) break;
      LP_TRY(const auto inner, connection.prepare(sql));
      for (;;) {
        LP_TRY(const bool inner_row, inner->step());
        if (!inner_row) break;
        pairs += 10 * outer->integer(0) + inner->integer(0);
      }
    }
    EXPECT_EQ(pairs, 11 + 12 + 21 + 22);
    return {};
  });
  EXPECT_TRUE(read);
}

TEST_F(Storage, ATextOfTwoStatementsIsRefused) {
  EXPECT_FALSE(write("INSERT INTO account VALUES(1,'a'); INSERT INTO account VALUES(2,'b')"));
  EXPECT_FALSE(write(" "));
  EXPECT_TRUE(write("INSERT INTO account VALUES(3,'c'); "));
  EXPECT_EQ(count(), 1);
}

TEST_F(Storage, ADuplicateNamesItsIndex) {
  ASSERT_TRUE(write("CREATE UNIQUE INDEX pair ON account(code, id)"));
  ASSERT_TRUE(insert(1));
  const Status same_id = insert(1);
  ASSERT_FALSE(same_id);
  EXPECT_EQ(same_id.error().code, ErrorCode::duplicate);
  EXPECT_EQ(same_id.error().detail, "duplicate_value");
  EXPECT_EQ(same_id.error().params, (ErrorParams{{"index", "account.id"}}));

  const Status same_code = write("INSERT INTO account VALUES(2, 'code 1')");
  ASSERT_FALSE(same_code);
  EXPECT_EQ(same_code.error().params, (ErrorParams{{"index", "account.code"}}));
  EXPECT_EQ(count(), 1);
}

TEST_F(Storage, AReadCannotWrite) {
  const Status done = database->read([](Connection& connection) -> Status {
    LP_CHECK(connection.execute(insert_account(1)));
    return {};
  });
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, ErrorCode::internal);
  EXPECT_EQ(count(), 0);
}

TEST_F(Storage, ASnapshotSeesOneStateAndAReadTheNewest) {
  ASSERT_TRUE(insert(1));
  const auto write_beside = [this](std::int64_t id) {
    std::thread([&] { EXPECT_TRUE(insert(id)); }).join();
  };
  const Status snapshot = database->snapshot([&](Connection& connection) -> Status {
    EXPECT_EQ(count(connection).value_or(-1), 1);
    write_beside(2);
    EXPECT_EQ(count(connection).value_or(-1), 1);
    return {};
  });
  EXPECT_TRUE(snapshot);
  const Status read = database->read([&](Connection& connection) -> Status {
    EXPECT_EQ(count(connection).value_or(-1), 2);
    write_beside(3);
    EXPECT_EQ(count(connection).value_or(-1), 3);
    return {};
  });
  EXPECT_TRUE(read);
}

TEST_F(Storage, ASnapshotEndsWithItsError) {
  for (int round = 0; round < 20; ++round) {  // more than there are connections
    const Status failed =
        database->snapshot([](Connection&) -> Status { return Error::of(ErrorCode::not_found); });
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, ErrorCode::not_found);
    EXPECT_THROW((void)database->snapshot([](Connection&) -> Status { throw 1; }), int);
  }
  ASSERT_TRUE(insert(1));
  EXPECT_EQ(count(), 1);
}

TEST_F(Storage, ReadersSeeTheOldStateWhileAWriteRuns) {
  const Status written = database->write([this](Connection& connection) -> Status {
    LP_CHECK(connection.execute(insert_account(1)));
    std::thread([this] { EXPECT_EQ(count(), 0); }).join();
    return {};
  });
  EXPECT_TRUE(written);
  EXPECT_EQ(count(), 1);
}

TEST_F(Storage, ReadsRunSideBySide) {
  constexpr int threads = 8;
  std::barrier all_inside(threads);
  std::vector<std::jthread> readers;
  for (int i = 0; i < threads; ++i) {
    readers.emplace_back([&] {
      EXPECT_TRUE(database->read([&](Connection& connection) -> Status {
        all_inside.arrive_and_wait();
        LP_CHECK(count(connection));
        return {};
      }));
    });
  }
}

TEST_F(Storage, NoMoreReadsThanConnectionsAtOnce) {
  open({.readers = 2});
  std::atomic<int> inside{0};
  std::atomic<bool> too_many{false};
  {
    std::vector<std::jthread> readers;
    for (int i = 0; i < 6; ++i) {
      readers.emplace_back([&] {
        for (int round = 0; round < 50; ++round) {
          EXPECT_TRUE(database->read([&](Connection& connection) -> Status {
            if (++inside > 2) too_many = true;
            LP_CHECK(count(connection));
            --inside;
            return {};
          }));
        }
      });
    }
  }
  EXPECT_FALSE(too_many);
}

TEST_F(Storage, AReadInsideAReadUsesTheSameConnection) {
  open({.readers = 1});
  const auto nested = database->snapshot([this](Connection& outer) -> Result<std::int64_t> {
    LP_CHECK(count(outer));
    std::thread([this] { EXPECT_TRUE(insert(1)); }).join();
    return database->read([&](Connection& inner) -> Result<std::int64_t> {
      EXPECT_EQ(&inner, &outer);
      return database->snapshot([](Connection& innermost) { return count(innermost); });
    });
  });
  EXPECT_EQ(nested.value_or(-1), 0);  // still the outer snapshot
  EXPECT_EQ(count(), 1);
}

TEST_F(Storage, FoldsTextInSql) {
  const auto folded = [this](const Value& value) {
    Sql sql("SELECT lp_fold(");
    sql.value(value).add(")");
    return database->read([&](Connection& connection) -> Result<Value> {
      LP_TRY(const auto row, connection.prepare(sql));
      LP_CHECK(row->step());
      return row->value(0);
    });
  };
  EXPECT_EQ(*folded(std::string("acme co")), Value(std::string("acme co")));
  EXPECT_EQ(*folded(std::string("ACME Co 9Z")), Value(std::string("acme co 9z")));
  EXPECT_EQ(*folded(std::string(1000, 'A')), Value(std::string(1000, 'a')));
  EXPECT_EQ(*folded(std::string("ＡＣＭＥ 华为Ä")), Value(std::string("acme 华为ä")));
  EXPECT_EQ(*folded(std::string()), Value(std::string()));
  EXPECT_EQ(*folded(Value()), Value());
}

TEST(StorageTexts, ExistInBothLanguagesBesideThoseOfBase) {
  Texts texts;
  const std::string source = LINCHPIN_SOURCE_DIR;
  ASSERT_TRUE(texts.load_folder(source + "/src/base"));
  const Status loaded = texts.load_folder(source + "/src/storage");
  ASSERT_TRUE(loaded) << loaded.error().log_detail;
  for (const char* code :
       {"wrong_name", "duplicate_value", "write_queue_full", "database_locked", "not_a_database",
        "database_unreadable", "unknown_database_kind", "database_lost", "database_unreachable",
        "database_not_utf8", "workspace_missing", "wrong_workspace_name"}) {
    EXPECT_TRUE(texts.has(std::string("problem.") + code)) << code;
  }
}

}  // namespace
}  // namespace linchpin::storage
