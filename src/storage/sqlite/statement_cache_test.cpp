#include "storage/sqlite/statement_cache.h"

#include <gtest/gtest.h>

namespace linchpin::storage::sqlite {
namespace {

class StatementCacheTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(sqlite3_open(":memory:", &connection_), SQLITE_OK); }
  void TearDown() override {
    cache_.clear();
    EXPECT_EQ(sqlite3_close(connection_), SQLITE_OK);  // nothing is left prepared
  }
  sqlite3_stmt* handle_of(const std::string& text) {
    return cache_.take(connection_, text).lease.handle();
  }

  sqlite3* connection_ = nullptr;
  StatementCache cache_;
};

TEST_F(StatementCacheTest, TheSameTextIsPreparedOnce) {
  sqlite3_stmt* first = handle_of("SELECT 1");
  EXPECT_NE(first, nullptr);
  EXPECT_EQ(handle_of("SELECT 1"), first);
  EXPECT_NE(handle_of("SELECT 2"), first);
  EXPECT_EQ(cache_.size(), 2u);
  EXPECT_EQ(cache_.in_use(), 0u);
}

TEST_F(StatementCacheTest, AStatementInUseIsNotGivenAgain) {
  const auto outer = cache_.take(connection_, "SELECT 1");
  {
    const auto inner = cache_.take(connection_, "SELECT 1");
    EXPECT_EQ(inner.code, SQLITE_OK);
    EXPECT_NE(inner.lease.handle(), outer.lease.handle());
    EXPECT_EQ(cache_.in_use(), 2u);
  }
  EXPECT_EQ(cache_.size(), 1u);
  EXPECT_EQ(cache_.in_use(), 1u);
}

TEST_F(StatementCacheTest, ItComesBackUnboundAndAtTheStart) {
  {
    const auto taken = cache_.take(connection_, "SELECT ?");
    sqlite3_bind_int(taken.lease.handle(), 1, 7);
    ASSERT_EQ(sqlite3_step(taken.lease.handle()), SQLITE_ROW);
  }
  const auto again = cache_.take(connection_, "SELECT ?");
  EXPECT_FALSE(sqlite3_stmt_busy(again.lease.handle()));
  ASSERT_EQ(sqlite3_step(again.lease.handle()), SQLITE_ROW);
  EXPECT_EQ(sqlite3_column_type(again.lease.handle(), 0), SQLITE_NULL);
}

TEST_F(StatementCacheTest, TheLimitDropsWhatWasNotUsedForLongest) {
  sqlite3_stmt* kept = handle_of("SELECT 'kept'");
  for (std::size_t i = 0; i < StatementCache::max_statements * 2; ++i) {
    EXPECT_NE(handle_of("SELECT " + std::to_string(i)), nullptr);
    EXPECT_EQ(handle_of("SELECT 'kept'"), kept);
  }
  EXPECT_EQ(cache_.size(), StatementCache::max_statements);
}

TEST_F(StatementCacheTest, StatementsInUseAreNotDropped) {
  std::vector<StatementCache::Taken> taken;
  for (std::size_t i = 0; i < StatementCache::max_statements + 10; ++i) {
    taken.push_back(cache_.take(connection_, "SELECT " + std::to_string(i)));
    ASSERT_EQ(taken.back().code, SQLITE_OK);
  }
  for (const auto& each : taken) EXPECT_EQ(sqlite3_step(each.lease.handle()), SQLITE_ROW);
  taken.clear();
  EXPECT_NE(handle_of("SELECT 'one more'"), nullptr);
  EXPECT_EQ(cache_.size(), StatementCache::max_statements);
}

TEST_F(StatementCacheTest, RefusesWhatIsNotOneStatement) {
  for (const char* text : {"", " -- nothing\n", "SELECT 1; SELECT 2"}) {
    EXPECT_EQ(cache_.take(connection_, text).code, SQLITE_MISUSE) << text;
  }
  EXPECT_EQ(cache_.take(connection_, "SELEC 1").code, SQLITE_ERROR);
  EXPECT_EQ(cache_.size(), 0u);
  EXPECT_EQ(cache_.take(connection_, "SELECT 1;\n").code, SQLITE_OK);
}

}  // namespace
}  // namespace linchpin::storage::sqlite
