#include "storage/writer.h"

#include <gtest/gtest.h>

#include <latch>
#include <stdexcept>
#include <thread>

namespace linchpin::storage {
namespace {

// Notes what the writer does, and fails where it is told to.
class FakeSession final : public Session {
 public:
  struct Script {
    std::vector<std::string> done;
    Status begin;
    Status commit;
    std::optional<Error> fatal;
    bool spoilt = false;  // until the transaction or the savepoint is undone
  };
  explicit FakeSession(Script& script) : script_(script) {}

  Dialect dialect() const override { return Dialect::sqlite; }
  Result<std::unique_ptr<Statement>> prepare(const Sql&) override { return Error::of({}); }
  Result<std::int64_t> execute(const Sql& sql) override {
    script_.done.push_back(sql.text());
    return 0;
  }
  Status attempt(const std::function<Status()>& work) override { return work(); }
  Status make_ready() override { return {}; }
  Status begin_read() override { return {}; }
  Status begin_write() override {
    script_.fatal.reset();
    if (script_.begin) note("begin");
    open_ = script_.begin.has_value();
    return script_.begin;
  }
  Status commit() override {
    if (script_.commit) open_ = false;
    if (script_.commit) note("commit");
    return script_.commit;
  }
  void rollback() override {
    open_ = false;
    script_.spoilt = false;
    note("rollback");
  }
  Status set_savepoint() override {
    note("savepoint");
    return {};
  }
  Status release_savepoint() override {
    note("release");
    return {};
  }
  Status rollback_to_savepoint() override {
    script_.spoilt = false;
    note("back");
    return {};
  }
  bool in_transaction() const override { return open_; }
  bool is_spoilt() const override { return script_.spoilt; }
  const Error* fatal_error() const override { return script_.fatal ? &*script_.fatal : nullptr; }
  void maintain(std::optional<WriteKind>) override {}

 private:
  void note(const char* what) { script_.done.emplace_back(what); }

  Script& script_;
  bool open_ = false;
};

class WriterTest : public ::testing::Test {
 protected:
  // A job that stays on the writer until `release`, so that others gather behind it.
  void occupy() {
    std::latch running(1);
    occupant_ = std::jthread([&] {
      EXPECT_TRUE(writer().write(WriteKind::job, [&](Connection&) -> Status {
        running.count_down();
        free_.wait();
        return {};
      }));
    });
    running.wait();
    script_.done.clear();
  }
  void release() {
    free_.count_down();
    occupant_.join();
  }
  // Starts a write behind the occupant and returns when it stands in the queue.
  std::jthread queue(WriteKind kind, Status& answer, Database::Work work) {
    const std::int64_t before = writer().counters().waiting;
    std::jthread thread(
        [this, kind, &answer, work = std::move(work)] { answer = writer().write(kind, work); });
    while (writer().counters().waiting == before) std::this_thread::yield();
    return thread;
  }
  static Database::Work say(Literal what, Status status = {}) {
    return [=](Connection& connection) -> Status {
      LP_CHECK(connection.execute(Sql(what)));
      return status;
    };
  }
  // One writer of at most four waiting requests of each kind.
  Writer& writer() { return *writer_; }

  FakeSession::Script script_;
  std::unique_ptr<Writer> writer_ =
      std::make_unique<Writer>(std::make_unique<FakeSession>(script_), max_queue);
  std::latch free_{1};
  std::jthread occupant_;

  static constexpr std::size_t max_queue = 4;
};

using Done = std::vector<std::string>;

TEST_F(WriterTest, RequestsThatWaitTogetherShareATransaction) {
  occupy();
  Status a, b, c;
  {
    const auto first = queue(WriteKind::interactive, a, say("a"));
    const auto second =
        queue(WriteKind::interactive, b, say("b", Error::of(ErrorCode::version_conflict)));
    const auto third = queue(WriteKind::interactive, c, say("c"));
    release();
  }
  EXPECT_TRUE(a);
  ASSERT_FALSE(b);
  EXPECT_EQ(b.error().code, ErrorCode::version_conflict);
  EXPECT_TRUE(c);
  EXPECT_EQ(script_.done, (Done{"commit", "begin", "a", "savepoint", "b", "back", "savepoint", "c",
                                "release", "commit"}));
  EXPECT_EQ(writer().counters().writes, 3);
  EXPECT_EQ(writer().counters().commits, 2);
}

TEST_F(WriterTest, AFailedRequestBeforeAllOthersLeavesNothingBehind) {
  Status status = writer().write(WriteKind::job, say("a", Error::of(ErrorCode::duplicate)));
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::duplicate);
  EXPECT_TRUE(writer().write(WriteKind::job, say("b")));
  EXPECT_EQ(script_.done,
            (Done{"begin", "a", "rollback", "begin", "rollback", "begin", "b", "commit"}));
  EXPECT_EQ(writer().counters().writes, 1);
  EXPECT_EQ(writer().counters().commits, 1);
}

TEST_F(WriterTest, JobsRunAloneAndTakeTurnsWithGroups) {
  occupy();
  Status a, b, c, x, y;
  {
    std::jthread late;
    const auto first_job = queue(WriteKind::job, x, [&](Connection& connection) -> Status {
      late = queue(WriteKind::interactive, c, say("c"));
      return say("x")(connection);
    });
    const auto second_job = queue(WriteKind::job, y, say("y"));
    const auto first = queue(WriteKind::interactive, a, say("a"));
    const auto second = queue(WriteKind::interactive, b, say("b"));
    release();
  }
  EXPECT_TRUE(a && b && c && x && y);
  EXPECT_EQ(script_.done,
            (Done{"commit", "begin", "a", "savepoint", "b", "release", "commit", "begin", "x",
                  "commit", "begin", "c", "commit", "begin", "y", "commit"}));
}

TEST_F(WriterTest, AFullQueueRefuses) {
  occupy();
  std::vector<Status> answers(max_queue);
  {
    std::vector<std::jthread> waiting;
    for (Status& answer : answers) {
      waiting.push_back(queue(WriteKind::interactive, answer, say("a")));
    }
    const Status refused = writer().write(WriteKind::interactive, say("never"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::overloaded);
    EXPECT_EQ(refused.error().detail, "write_queue_full");
    EXPECT_TRUE(refused.error().retryable());
    EXPECT_GT(refused.error().retry_after_seconds, 0);
    EXPECT_EQ(writer().counters().rejected, 1);
    release();
  }
  for (const Status& answer : answers) EXPECT_TRUE(answer);
  EXPECT_EQ(writer().counters().writes, 5);
  EXPECT_EQ(writer().counters().waiting, 0);
}

TEST_F(WriterTest, AFailedCommitFailsTheWholeGroup) {
  script_.commit = Error::of(ErrorCode::storage_failed);
  for (int round = 0; round < 2; ++round) {
    const Status status = writer().write(WriteKind::interactive, say("a"));
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, ErrorCode::storage_failed);
  }
  EXPECT_EQ(script_.done, (Done{"begin", "a", "rollback", "begin", "a", "rollback"}));
  EXPECT_EQ(writer().counters().writes, 0);
  EXPECT_EQ(writer().counters().commits, 0);
}

TEST_F(WriterTest, AFatalErrorFailsTheGroupEvenWhenItIsSwallowed) {
  occupy();
  Status refused, swallowed, later;
  {
    const auto first =
        queue(WriteKind::interactive, refused, say("a", Error::of(ErrorCode::version_conflict)));
    const auto second = queue(WriteKind::interactive, swallowed, [this](Connection&) -> Status {
      script_.fatal = Error::of(ErrorCode::storage_full);
      return {};
    });
    const auto third = queue(WriteKind::interactive, later, say("c"));
    release();
  }
  for (const Status& status : {refused, swallowed}) {
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, ErrorCode::storage_full);
  }
  EXPECT_TRUE(later);
  EXPECT_EQ(script_.done, (Done{"commit", "begin", "a", "rollback", "begin", "rollback", "begin",
                                "c", "commit"}));
}

TEST_F(WriterTest, ARequestThatSwallowedAFailedStatementIsUndone) {
  occupy();
  Status a, swallowing, c;
  {
    const auto first = queue(WriteKind::interactive, a, say("a"));
    const auto second = queue(WriteKind::interactive, swallowing, [this](Connection&) -> Status {
      script_.spoilt = true;
      return {};
    });
    const auto third = queue(WriteKind::interactive, c, say("c"));
    release();
  }
  EXPECT_TRUE(a && c);
  ASSERT_FALSE(swallowing);
  EXPECT_EQ(swallowing.error().code, ErrorCode::internal);
  EXPECT_EQ(script_.done, (Done{"commit", "begin", "a", "savepoint", "back", "savepoint", "c",
                                "release", "commit"}));
}

TEST_F(WriterTest, WhenItCannotBeginEveryWaitingRequestIsAnswered) {
  occupy();
  Status a, b, c;
  script_.begin = Error::of(ErrorCode::overloaded);
  {
    const auto first = queue(WriteKind::job, a, say("a"));
    const auto second = queue(WriteKind::job, b, say("b"));
    const auto third = queue(WriteKind::job, c, say("c"));
    release();
  }
  for (const Status& status : {a, b, c}) {
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, ErrorCode::overloaded);
  }
  EXPECT_EQ(script_.done, (Done{"commit"}));  // the occupant's
}

TEST_F(WriterTest, AnExceptionIsTheAnswerOfItsRequestOnly) {
  const Status thrown = writer().write(WriteKind::interactive, [](Connection&) -> Status {
    throw std::runtime_error("broken library");
  });
  ASSERT_FALSE(thrown);
  EXPECT_EQ(thrown.error().code, ErrorCode::internal);
  EXPECT_EQ(thrown.error().log_detail, "broken library");
  const Status no_memory =
      writer().write(WriteKind::interactive, [](Connection&) -> Status { throw std::bad_alloc(); });
  ASSERT_FALSE(no_memory);
  EXPECT_EQ(no_memory.error().code, ErrorCode::storage_failed);
  EXPECT_TRUE(writer().write(WriteKind::interactive, say("a")));
}

TEST_F(WriterTest, WhatWaitsIsDoneBeforeItEnds) {
  occupy();
  Status a, x;
  {
    const auto first = queue(WriteKind::interactive, a, say("a"));
    const auto job = queue(WriteKind::job, x, say("x"));
    std::jthread ending([this] { writer_.reset(); });
    free_.count_down();
  }
  EXPECT_TRUE(a && x);
}

TEST_F(WriterTest, ItsSessionIsFreeBetweenTransactionsOnly) {
  bool used = false;
  EXPECT_TRUE(writer().use_idle_session([&](Session&) { used = true; }));
  EXPECT_TRUE(used);
  occupy();
  EXPECT_FALSE(writer().use_idle_session([](Session&) { FAIL(); }));
  release();
}

using WriterDeathTest = WriterTest;

TEST_F(WriterDeathTest, AWriteInsideAWriteIsABug) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH((void)writer().write(WriteKind::interactive,
                                    [this](Connection&) {
                                      return writer().write(WriteKind::interactive, say("a"));
                                    }),
               "a write inside a write");
}

}  // namespace
}  // namespace linchpin::storage
