#include "stream/audit_log.h"

#include <gtest/gtest.h>

#include <thread>

#include "base/test_folder.h"
#include "storage/test_target.h"

namespace linchpin::stream {
namespace {

using storage::Connection;
using storage::Database;
using storage::Sql;

class AuditLog : public ::testing::Test {
 protected:
  AuditLog() {
    key_.fill(3);
    EXPECT_TRUE(database_->write(ensure_audit_tables));
    EXPECT_TRUE(
        database_->write([&](Connection& connection) { return begin_audit(connection, key_, 1); }));
  }

  AuditNote note(AuditKind kind, std::int64_t actor, Instant at = 5) const {
    AuditNote made;
    made.kind = kind;
    made.origin.actor = {Actor::Kind::user, RecordId{actor}};
    made.at = at;
    made.address = "127.0.0.1";
    made.details = R"({"n":"甲"})";
    return made;
  }
  Status append(Database& database, const AuditNote& made) const {
    return database.write(
        [&](Connection& connection) { return append_audit(connection, key_, made); });
  }
  void append_some(int count) {
    for (int i = 0; i < count; ++i) EXPECT_TRUE(append(*database_, note(AuditKind::sign_in, i)));
  }
  void run(const Sql& sql) {
    EXPECT_TRUE(database_->write([&](Connection& connection) -> Status {
      LP_TRY(const std::int64_t touched, connection.execute(sql));
      EXPECT_GT(touched, 0);
      return {};
    }));
  }
  AuditCheck check() {
    const auto found =
        database_->snapshot([&](Connection& connection) { return check_audit(connection, key_); });
    EXPECT_TRUE(found);
    return found ? *found : AuditCheck();
  }
  // "changed 3-3 end_moved 4-4"
  std::string damages() {
    constexpr std::array names{"changed", "missing", "end_moved"};
    std::string text;
    for (const AuditDamage& damage : check().damages) {
      if (!text.empty()) text += ' ';
      text += names[static_cast<std::size_t>(damage.kind)];
      text += ' ' + std::to_string(damage.first) + "-" + std::to_string(damage.last);
    }
    return text;
  }
  std::vector<std::int64_t> found(const AuditFilter& filter, int limit = 100) {
    std::vector<std::int64_t> seqs;
    EXPECT_TRUE(database_->read([&](Connection& connection) {
      return read_audit(connection, filter, limit, [&](const AuditEntry& entry) -> Status {
        seqs.push_back(entry.seq);
        return {};
      });
    }));
    return seqs;
  }

  Key key_{};
  TestFolder folder_;
  storage::TestTarget target_{folder_.file("test.db")};
  std::unique_ptr<Database> database_ = target_.open();
};

TEST_F(AuditLog, WhatWasWrittenIsSoundAndReadsBackNewestFirst) {
  append_some(3);
  EXPECT_EQ(check().entries, 4);
  EXPECT_EQ(damages(), "");
  EXPECT_EQ(found({}), (std::vector<std::int64_t>{4, 3, 2, 1}));
}

TEST_F(AuditLog, EntriesAreFoundByKindPersonTimeAndPlace) {
  EXPECT_TRUE(append(*database_, note(AuditKind::sign_in, 7, 10)));
  EXPECT_TRUE(append(*database_, note(AuditKind::export_, 8, 20)));
  AuditNote about = note(AuditKind::password_changed, 8, 30);
  about.object = "user";
  about.record = RecordId{7};
  EXPECT_TRUE(append(*database_, about));
  using Seqs = std::vector<std::int64_t>;
  EXPECT_EQ(found({.kind = AuditKind::export_}), (Seqs{3}));
  EXPECT_EQ(found({.user = RecordId{7}}), (Seqs{4, 2}));
  EXPECT_EQ(found({.from = 20, .to = 30}), (Seqs{3}));
  EXPECT_EQ(found({.before = 4}, 2), (Seqs{3, 2}));
}

TEST_F(AuditLog, AChangedEntryIsFoundWhateverOfItChanged) {
  append_some(3);
  constexpr std::array<storage::Literal, 7> changes{
      "UPDATE lp_audit SET details = '{}' WHERE seq = 3",
      "UPDATE lp_audit SET at = at + 1 WHERE seq = 3",
      "UPDATE lp_audit SET actor = actor + 1 WHERE seq = 3",
      "UPDATE lp_audit SET kind = 'sign_out' WHERE seq = 3",
      "UPDATE lp_audit SET address = '10.0.0.1' WHERE seq = 3",
      "UPDATE lp_audit SET object = 'user' WHERE seq = 3",
      "UPDATE lp_audit SET record = 9 WHERE seq = 3"};
  for (const storage::Literal& change : changes) {
    run(Sql(change));
    EXPECT_EQ(damages(), "changed 3-3") << change.text;
  }
}

TEST_F(AuditLog, PartsCannotMoveIntoEachOther) {
  AuditNote made = note(AuditKind::download, 1);
  made.address = "1";
  made.object = "23";
  EXPECT_TRUE(append(*database_, made));
  run(Sql("UPDATE lp_audit SET address = '12', object = '3' WHERE seq = 2"));
  EXPECT_EQ(damages(), "changed 2-2");
}

TEST_F(AuditLog, ARemovedEntryIsFound) {
  append_some(4);
  run(Sql("DELETE FROM lp_audit WHERE seq IN (2, 3)"));
  EXPECT_EQ(damages(), "missing 2-3");
}

TEST_F(AuditLog, ARemovedBeginningIsFound) {
  append_some(2);
  run(Sql("DELETE FROM lp_audit WHERE seq = 1"));
  EXPECT_EQ(damages(), "missing 1-1");
}

TEST_F(AuditLog, ARemovedEndIsFoundAlsoAfterMoreWasWritten) {
  append_some(3);
  run(Sql("DELETE FROM lp_audit WHERE seq = 4"));
  EXPECT_EQ(damages(), "end_moved 3-3");
  append_some(1);
  EXPECT_EQ(damages(), "missing 4-4");
}

TEST_F(AuditLog, EntriesThatMovedUpToCloseAGapAreFound) {
  append_some(3);
  run(Sql("DELETE FROM lp_audit WHERE seq = 2"));
  run(Sql("UPDATE lp_audit SET seq = 2 WHERE seq = 3"));
  run(Sql("UPDATE lp_audit SET seq = 3 WHERE seq = 4"));
  EXPECT_EQ(damages(), "changed 2-2 changed 3-3 end_moved 3-3");
}

TEST_F(AuditLog, AnEntryThatWasPutInIsFound) {
  append_some(2);
  run(
      Sql("INSERT INTO lp_audit(seq, at, kind, actor_kind, actor, request, client, address, "
          "object, record, details, code) SELECT 4, at, kind, actor_kind, actor, request, client, "
          "address, object, record, details, code FROM lp_audit WHERE seq = 3"));
  EXPECT_EQ(damages(), "changed 4-4 end_moved 4-4");
}

TEST_F(AuditLog, AnEndThatWasLostStaysFound) {
  append_some(1);
  run(Sql("DELETE FROM lp_audit_end"));
  EXPECT_EQ(damages(), "end_moved 2-2");
  append_some(1);
  EXPECT_EQ(damages(), "end_moved 3-3");
}

TEST_F(AuditLog, WithoutAnEntryTheLogIsDamaged) {
  run(Sql("DELETE FROM lp_audit"));
  run(Sql("DELETE FROM lp_audit_end"));
  EXPECT_EQ(damages(), "end_moved 0-0");
}

TEST_F(AuditLog, AnotherKeyFitsNothing) {
  append_some(1);
  key_.fill(4);
  EXPECT_EQ(damages(), "changed 1-1 changed 2-2 end_moved 2-2");
}

TEST_F(AuditLog, WhatFailsLeavesNoEntry) {
  const Status failed = database_->write([&](Connection& connection) -> Status {
    LP_CHECK(append_audit(connection, key_, note(AuditKind::sign_in, 1)));
    return Error::of(ErrorCode::forbidden);
  });
  EXPECT_FALSE(failed);
  append_some(1);
  EXPECT_EQ(check().entries, 2);
  EXPECT_EQ(damages(), "");
}

TEST_F(AuditLog, SeveralProcessesMakeOneChain) {
  constexpr int processes = 3;
  constexpr int each = 40;
  std::vector<std::thread> threads;
  for (int process = 0; process < processes; ++process) {
    threads.emplace_back([&, process] {
      const auto there = target_.open();
      for (int i = 0; i < each; ++i) {
        EXPECT_TRUE(append(*there, note(AuditKind::sign_in, process + 1)));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(check().entries, processes * each + 1);
  EXPECT_EQ(damages(), "");
  EXPECT_EQ(found({.user = RecordId{2}}).size(), static_cast<std::size_t>(each));
}

TEST_F(AuditLog, ANewKeyTakesTheChainOverAndDamageStaysFound) {
  append_some(4);
  run(Sql("UPDATE lp_audit SET details = '{}' WHERE seq = 3"));
  const std::string before = damages();
  EXPECT_EQ(before, "changed 3-3");
  Key next = key_;
  next.fill(9);
  ASSERT_TRUE(database_->write(
      [&](Connection& connection) { return recode_audit(connection, key_, next); }));
  EXPECT_NE(damages(), before);
  key_ = next;
  EXPECT_EQ(damages(), before);
  append_some(2);
  EXPECT_EQ(damages(), before);
}

}  // namespace
}  // namespace linchpin::stream
