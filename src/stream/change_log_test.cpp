#include "stream/change_log.h"

#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <thread>

#include "base/test_folder.h"
#include "storage/test_target.h"

namespace linchpin::stream {
namespace {

using storage::Connection;
using storage::Database;

class ChangeLog : public ::testing::Test {
 protected:
  ChangeLog() { EXPECT_TRUE(database_->write(ensure_tables)); }

  static Result<std::int64_t> append_one(Connection& connection, std::int64_t record) {
    return append(connection, {}, 1, {"account", RecordId{record}, Operation::create, 1, {}, {}});
  }
  static Status write_one(Database& database, std::int64_t record) {
    return database.write([&](Connection& connection) -> Status {
      LP_CHECK(append_one(connection, record));
      return {};
    });
  }

  TestFolder folder_;
  storage::TestTarget target_{folder_.file("test.db")};
  std::unique_ptr<Database> database_ = target_.open();
};

// Follows the log as /changes does: what it has not seen below the last seq, it never sees.
class Follower {
 public:
  explicit Follower(Database& database) : database_(database) {}

  Status follow() {
    return database_.read([this](Connection& connection) {
      return read_since(connection, seen_, {}, 100, [this](const Entry& entry) -> Status {
        EXPECT_GT(entry.seq, seen_);
        seen_ = entry.seq;
        EXPECT_TRUE(records_.insert(entry.record.value).second);
        return {};
      });
    });
  }
  const std::set<std::int64_t>& records() const { return records_; }

 private:
  Database& database_;
  std::int64_t seen_ = 0;
  std::set<std::int64_t> records_;
};

TEST_F(ChangeLog, AReaderMissesNothingThatTwoProcessesWriteAtOnce) {
  constexpr int processes = 2;
  constexpr int threads_each = 4;
  constexpr int writes_each = 60;
  std::vector<std::unique_ptr<Database>> others;
  for (int i = 0; i < processes; ++i) others.push_back(target_.open());
  std::set<std::int64_t> kept;
  Follower follower(*database_);
  std::atomic<int> writing = processes * threads_each;
  std::vector<std::jthread> writers;
  for (int writer = 0; writer < processes * threads_each; ++writer) {
    for (int n = 0; n < writes_each; ++n) {
      if (n % 5 != 0) kept.insert(writer * writes_each + n + 1);
    }
    writers.emplace_back([&, writer] {
      Database& there = *others[static_cast<std::size_t>(writer % processes)];
      for (int n = 0; n < writes_each; ++n) {
        const Status done = there.write([&](Connection& connection) -> Status {
          LP_CHECK(append_one(connection, writer * writes_each + n + 1));
          if (n % 5 == 0) return Error::of(ErrorCode::version_conflict);
          return {};
        });
        EXPECT_EQ(done.has_value(), n % 5 != 0);
      }
      --writing;
    });
  }
  while (writing > 0) ASSERT_TRUE(follower.follow());
  // Everything is committed now: at most this many pages of the log are left.
  for (std::size_t page = 0; page <= kept.size() / 100; ++page) ASSERT_TRUE(follower.follow());
  EXPECT_EQ(follower.records(), kept);
}

TEST_F(ChangeLog, ARangeGivesItsRecordsBack) {
  const std::vector<RecordId> records{RecordId{5}, RecordId{130}, RecordId{1'000'000'000'000}};
  ASSERT_TRUE(database_->write([&](Connection& connection) -> Status {
    LP_CHECK(append_range(connection, {}, 1, "account", Operation::remove, records));
    return {};
  }));
  const Status read = database_->read([&](Connection& connection) {
    return read_since(connection, 0, "account", 10, [&](const Entry& entry) -> Status {
      EXPECT_EQ(entry.records, records);
      EXPECT_EQ(entry.operation, Operation::remove);
      return {};
    });
  });
  EXPECT_TRUE(read);
}

TEST_F(ChangeLog, TheLastSeqIsThatOfTheLastEntry) {
  const auto last = [this] {
    return database_->read([](Connection& connection) { return last_seq(connection); })
        .value_or(-1);
  };
  EXPECT_EQ(last(), 0);
  ASSERT_TRUE(write_one(*database_, 1));
  const std::int64_t first = last();
  EXPECT_GT(first, 0);
  ASSERT_TRUE(write_one(*database_, 2));
  EXPECT_GT(last(), first);
}

}  // namespace
}  // namespace linchpin::stream
