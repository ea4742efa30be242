#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <latch>
#include <thread>

#include "storage/test_database.h"

namespace linchpin::storage {
namespace {

class SqliteFailure : public DatabaseTest {
 protected:
  static Status fill(Connection& connection) {
    constexpr int rows = 1000;
    for (int row = 0; row < rows; ++row) {
      LP_CHECK(connection.execute(Sql("INSERT INTO account(code) VALUES(hex(randomblob(4000)))")));
    }
    return {};
  }
};

// No file of this process may grow beyond some bytes, which is for SQLite a disk that fails.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : old_handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &old_);
    const rlimit limit{bytes, old_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &old_);
    std::signal(SIGXFSZ, old_handler_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit old_{};
  void (*old_handler_)(int);
};

TEST_F(SqliteFailure, AFullDatabaseFailsTheGroupAndChangesNothing) {
  ASSERT_TRUE(insert(1));
  ASSERT_TRUE(write("PRAGMA max_page_count = 100"));

  // Three requests that wait for the same group: behind a job that stays until they are there.
  std::latch running(1);
  std::latch free(1);
  Status small, filling, swallowing;
  {
    std::jthread occupant([&] {
      EXPECT_TRUE(database->write(
          [&](Connection&) -> Status {
            running.count_down();
            free.wait();
            return {};
          },
          WriteKind::job));
    });
    running.wait();
    const auto queue = [&](Status& answer, Database::Work work) {
      const std::int64_t before = database->counters().waiting;
      std::jthread thread([this, &answer, work = std::move(work)] {
        answer = database->write_with(WriteKind::interactive, work);
      });
      while (database->counters().waiting == before) std::this_thread::yield();
      return thread;
    };
    const auto first = queue(small, [](Connection& connection) -> Status {
      LP_CHECK(connection.execute(insert_account(2)));
      return {};
    });
    const auto second = queue(filling, [](Connection& connection) -> Status {
      EXPECT_FALSE(fill(connection));
      return {};  // swallowed
    });
    const auto third = queue(swallowing, [](Connection& connection) -> Status {
      LP_CHECK(connection.execute(insert_account(3)));
      return {};
    });
    free.count_down();
  }
  for (const Status& status : {small, filling}) {
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, ErrorCode::storage_full);
  }
  EXPECT_TRUE(swallowing);  // the group after the failure
  EXPECT_EQ(count(), 2);
}

TEST_F(SqliteFailure, TheWriterWorksAgainWhenThereIsRoom) {
  ASSERT_TRUE(insert(1));
  ASSERT_TRUE(write("PRAGMA max_page_count = 100"));
  for (int round = 0; round < 3; ++round) {
    const Status filled = database->write(fill, WriteKind::job);
    ASSERT_FALSE(filled);
    EXPECT_EQ(filled.error().code, ErrorCode::storage_full);
    EXPECT_EQ(count(), 1);
  }
  ASSERT_TRUE(insert(2));
  ASSERT_TRUE(write("PRAGMA max_page_count = 1000000"));
  EXPECT_TRUE(database->write(fill, WriteKind::job));
  EXPECT_EQ(count(), 1002);
}

TEST_F(SqliteFailure, AFailingDiskFailsTheCommitAndChangesNothing) {
  ASSERT_TRUE(insert(1));
  {
    const FileSizeLimit limit(1 << 20);
    for (int round = 0; round < 3; ++round) {
      const Status filled = database->write(fill, WriteKind::job);
      ASSERT_FALSE(filled);
      EXPECT_EQ(filled.error().code, ErrorCode::storage_failed);
      EXPECT_TRUE(filled.error().retryable());
      EXPECT_EQ(count(), 1);
    }
    EXPECT_TRUE(insert(2));  // there is room for this
  }
  EXPECT_TRUE(database->write(fill, WriteKind::job));
  EXPECT_EQ(count(), 1002);
  open();
  EXPECT_EQ(count(), 1002);
}

TEST_F(SqliteFailure, DataVersionIsKnownWhileAWriteRuns) {
  const auto seen = database->write([this](Connection& connection) -> Result<std::int64_t> {
    LP_CHECK(connection.execute(insert_account(1)));
    std::int64_t version = -1;
    std::thread([&] { version = database->data_version().value_or(-1); }).join();
    return version;
  });
  EXPECT_EQ(seen.value_or(-2), database->data_version().value_or(-1));
}

}  // namespace
}  // namespace linchpin::storage
