#include "storage/sqlite/sqlite_session.h"

#include <gtest/gtest.h>

#include "storage/test_database.h"

namespace linchpin::storage::sqlite {
namespace {

class SqliteSessionTest : public DatabaseTest {
 protected:
  void SetUp() override {
    DatabaseTest::SetUp();
    database.reset();  // only its file and its table are needed
    writer = open_session(Role::writer);
  }
  std::unique_ptr<SqliteSession> open_session(Role role) {
    auto session = SqliteSession::open({.path = path(), .role = role, .cache_bytes = 1 << 20});
    EXPECT_TRUE(session);
    return session ? std::move(*session) : nullptr;
  }
  void write_pages(int pages) {
    ASSERT_TRUE(writer->begin_write());
    for (int page = 0; page < pages; ++page) {
      Sql sql("INSERT INTO account(code) VALUES(hex(randomblob(");
      sql.value(SqliteSession::page_bytes / 2).add(")))");
      ASSERT_TRUE(writer->execute(sql));
    }
    ASSERT_TRUE(writer->commit());
  }
  std::uintmax_t size(const std::string& suffix) {
    return std::filesystem::file_size(path() + suffix);
  }

  std::unique_ptr<SqliteSession> writer;
};

TEST_F(SqliteSessionTest, CopiesTheLogSoonerWhenNobodyWaits) {
  const std::uintmax_t empty = size("");
  write_pages(SqliteSession::idle_checkpoint_pages + 10);
  writer->maintain(WriteKind::job);
  writer->maintain(WriteKind::interactive);
  EXPECT_EQ(size(""), empty);

  writer->maintain(std::nullopt);
  EXPECT_GT(size(""), empty + SqliteSession::idle_checkpoint_pages * SqliteSession::page_bytes);
  const std::uintmax_t log = size("-wal");
  write_pages(10);
  EXPECT_EQ(size("-wal"), log);  // it started anew
}

TEST_F(SqliteSessionTest, FoldsNumbersAsTheirText) {
  EXPECT_EQ(query_text(*writer, Sql("SELECT lp_fold(12)")).value_or(""), "12");
}

TEST_F(SqliteSessionTest, AReaderKeepsTheLogOnlyAsLongAsItReads) {
  write_pages(1);
  auto reader = open_session(Role::reader);
  ASSERT_TRUE(reader->begin_read());
  EXPECT_EQ(count(*reader).value_or(-1), 1);

  write_pages(SqliteSession::idle_checkpoint_pages);
  writer->maintain(std::nullopt);
  const std::uintmax_t log = size("-wal");
  write_pages(10);
  EXPECT_GT(size("-wal"), log);
  EXPECT_EQ(count(*reader).value_or(-1), 1);

  reader->rollback();
  EXPECT_EQ(count(*reader).value_or(-1), SqliteSession::idle_checkpoint_pages + 11);
  write_pages(SqliteSession::idle_checkpoint_pages);
  writer->maintain(std::nullopt);
  const std::uintmax_t longest = size("-wal");
  write_pages(10);
  EXPECT_EQ(size("-wal"), longest);
}

TEST_F(SqliteSessionTest, StatementsAreKeptForTheNextUse) {
  write_pages(1);
  const std::size_t prepared = writer->statements().size();
  for (int round = 0; round < 5; ++round) write_pages(3);
  EXPECT_EQ(writer->statements().size(), prepared);
  EXPECT_EQ(writer->statements().in_use(), 0u);
}

TEST_F(SqliteSessionTest, ASavepointUndoesWhatCameAfterIt) {
  ASSERT_TRUE(writer->begin_write());
  ASSERT_TRUE(writer->execute(insert_account(1)));
  ASSERT_TRUE(writer->set_savepoint());
  ASSERT_TRUE(writer->execute(insert_account(2)));
  ASSERT_TRUE(writer->rollback_to_savepoint());
  ASSERT_TRUE(writer->set_savepoint());
  ASSERT_TRUE(writer->execute(insert_account(3)));
  ASSERT_TRUE(writer->release_savepoint());
  EXPECT_TRUE(writer->in_transaction());
  ASSERT_TRUE(writer->commit());
  EXPECT_FALSE(writer->in_transaction());
  EXPECT_EQ(query_integer(*writer, Sql("SELECT sum(id) FROM account"), 0).value_or(-1), 4);
}

TEST_F(SqliteSessionTest, SettingsAreThoseThatDurabilityNeeds) {
  const auto setting = [this](Literal pragma) {
    return query_text(*writer, Sql(pragma)).value_or("");
  };
  EXPECT_EQ(setting("PRAGMA journal_mode"), "wal");
  EXPECT_EQ(setting("PRAGMA synchronous"), "2");
  EXPECT_EQ(setting("PRAGMA mmap_size"), "0");
  EXPECT_EQ(setting("PRAGMA page_size"), std::to_string(SqliteSession::page_bytes));
  EXPECT_EQ(setting("PRAGMA foreign_keys"), "0");
}

}  // namespace
}  // namespace linchpin::storage::sqlite
