#include "jobs/jobs.h"

#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <mutex>
#include <thread>

#include "base/test_folder.h"
#include "storage/test_target.h"

namespace linchpin::jobs {
namespace {

using storage::Connection;

class JobsTest : public ::testing::Test {
 protected:
  JobsTest() {
    database_ = target_.open();
    EXPECT_TRUE(database_->write([](Connection& c) { return Jobs::ensure_tables(c); }));
  }

  std::unique_ptr<Jobs> make() { return std::make_unique<Jobs>(*database_, clock_, ids_); }

  Status save(JobContext& context, std::int64_t done, const json::object& checkpoint) {
    return database_->write(
        [&](Connection& connection) { return context.save(connection, done, 10, checkpoint); });
  }

  // What another thread works on is waited for, up to a generous end.
  static Job wait_for_end(Jobs& jobs, RecordId id) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (std::chrono::steady_clock::now() < end) {
      auto job = jobs.get(id);
      if (job && job->ended()) return *job;
      std::this_thread::yield();
    }
    ADD_FAILURE() << "the job did not end";
    return {};
  }

  static constexpr const char* kind = "test.work";

  TestFolder folder_;
  storage::TestTarget target_{folder_.file("jobs.db")};
  ManualClock clock_{1'790'000'000'000};
  IdGenerator ids_{clock_, 1};
  std::unique_ptr<storage::Database> database_;
};

TEST_F(JobsTest, RunsWhatIsSubmittedAndKeepsItsResult) {
  auto jobs = make();
  jobs->kind(kind, [](JobContext& context) -> Result<json::object> {
    return json::object{{"twice", context.job().spec.at("n").as_int64() * 2}};
  });
  jobs->start();
  const auto id = jobs->submit(kind, {{"n", 21}}, RecordId{7});
  ASSERT_TRUE(id);
  const Job job = wait_for_end(*jobs, *id);
  EXPECT_EQ(job.state, JobState::done);
  EXPECT_EQ(job.result.at("twice").as_int64(), 42);
  EXPECT_EQ(job.created_by, RecordId{7});
}

TEST_F(JobsTest, AnErrorFailsTheJobWithItsText) {
  auto jobs = make();
  jobs->kind(kind, [](JobContext&) -> Result<json::object> {
    return Error::of(ErrorCode::validation_failed, "no_table", {{"row", "3"}});
  });
  const auto job = jobs->run_now(kind, {}, {}, {});
  ASSERT_TRUE(job);
  EXPECT_EQ(job->state, JobState::failed);
  EXPECT_EQ(job->problem, "no_table");
  const auto stored = jobs->get(job->id);
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->problem_params, (ErrorParams{{"row", "3"}}));
}

TEST_F(JobsTest, AnExceptionOfTheWorkIsAFailureAndNotTheEndOfTheProcess) {
  auto jobs = make();
  jobs->kind(kind, [](JobContext&) -> Result<json::object> { throw std::runtime_error("odd"); });
  const auto job = jobs->run_now(kind, {}, {}, {});
  ASSERT_TRUE(job);
  EXPECT_EQ(job->state, JobState::failed);
}

TEST_F(JobsTest, AStoppedJobGoesOnFromItsCheckpointInTheNextProcess) {
  auto first = make();
  first->kind(kind, [&](JobContext& context) -> Result<json::object> {
    LP_CHECK(save(context, 4, {{"row", 4}}));
    first->stop();
    return context.stopping() ? Result<json::object>(interrupted()) : json::object();
  });
  const auto stopped = first->run_now(kind, {}, {}, {});
  ASSERT_TRUE(stopped);
  EXPECT_EQ(stopped->state, JobState::running);

  auto second = make();
  std::int64_t from = 0;
  second->kind(kind, [&](JobContext& context) -> Result<json::object> {
    from = context.job().checkpoint.at("row").as_int64();
    return json::object();
  });
  second->start();
  EXPECT_EQ(wait_for_end(*second, stopped->id).state, JobState::done);
  EXPECT_EQ(from, 4);
}

TEST_F(JobsTest, AJobOfALivingProcessIsLeftAloneAndOneOfADeadProcessIsTakenUp) {
  auto dead = make();
  const auto id = database_->write([&](Connection& connection) {
    return dead->enqueue(connection, kind, {}, {}, Jobs::Place::here);
  });
  ASSERT_TRUE(id);

  auto living = make();
  int runs = 0;
  living->kind(kind, [&](JobContext&) -> Result<json::object> {
    ++runs;
    return json::object();
  });
  living->kind("test.marker", [](JobContext&) -> Result<json::object> { return json::object(); });
  living->start();
  // Whatever is free comes in the order of ids: when the marker is done, the other was passed over.
  const auto marker = living->submit("test.marker", {}, {});
  wait_for_end(*living, *marker);
  EXPECT_EQ(living->get(*id)->state, JobState::running);

  clock_.advance(Jobs::lease.count() + 1);
  living->wake();
  EXPECT_EQ(wait_for_end(*living, *id).state, JobState::done);
  EXPECT_EQ(runs, 1);
}

TEST_F(JobsTest, TwoProcessesShareTheQueueAndNoJobIsDoneTwice) {
  constexpr int count = 30;
  const auto other_database = target_.open();
  std::map<std::int64_t, int> runs;
  std::mutex mutex;
  const auto note = [&](JobContext& context) -> Result<json::object> {
    const std::lock_guard lock(mutex);
    ++runs[context.job().id.value];
    return json::object();
  };
  auto here = make();
  Jobs there(*other_database, clock_, ids_);
  std::vector<RecordId> submitted;
  for (int i = 0; i < count; ++i) submitted.push_back(*here->submit(kind, {}, {}));
  for (Jobs* jobs : {here.get(), &there}) {
    jobs->kind(kind, note);
    jobs->start();
  }
  for (const RecordId id : submitted) {
    EXPECT_EQ(wait_for_end(*here, id).state, JobState::done);
  }
  there.stop();
  here->stop();
  EXPECT_EQ(runs.size(), submitted.size());
  for (const auto& [id, times] : runs) EXPECT_EQ(times, 1);
}

TEST_F(JobsTest, WhoLostItsJobWritesNothingMore) {
  auto slow = make();
  slow->kind(kind, [&](JobContext& context) -> Result<json::object> {
    // Meanwhile the lease has run out and another process has taken the job.
    LP_CHECK(database_->write([&](Connection& connection) -> Status {
      LP_CHECK(connection.execute(storage::Sql("UPDATE lp_job SET holder = 99")));
      return {};
    }));
    const Status saved = save(context, 1, {});
    EXPECT_FALSE(saved);
    return saved ? Result<json::object>(json::object()) : saved.error();
  });
  const auto job = slow->run_now(kind, {}, {}, {});
  ASSERT_FALSE(job);
  EXPECT_EQ(job.error().detail, "job_lost");
}

TEST_F(JobsTest, AWaitingJobIsCancelledAtOnceAndARunningOneAfterItsSlice) {
  auto jobs = make();
  const auto waiting = jobs->submit(kind, {}, {});
  ASSERT_TRUE(waiting);
  ASSERT_TRUE(jobs->cancel(*waiting));
  EXPECT_EQ(jobs->get(*waiting)->state, JobState::cancelled);
  const Status again = jobs->cancel(*waiting);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::invalid_state);

  jobs->kind(kind, [&](JobContext& context) -> Result<json::object> {
    LP_CHECK(jobs->cancel(context.job().id));
    return context.cancelled() ? Result<json::object>(interrupted()) : json::object();
  });
  const auto running = jobs->run_now(kind, {}, {}, {});
  ASSERT_TRUE(running);
  EXPECT_EQ(running->state, JobState::cancelled);
}

TEST_F(JobsTest, TooManyWaitingJobsAreRefused) {
  auto jobs = make();
  const Status filled = database_->write([&](Connection& connection) -> Status {
    for (std::size_t i = 0; i < Jobs::max_waiting; ++i) {
      LP_CHECK(jobs->enqueue(connection, kind, {}, {}, Jobs::Place::queue));
    }
    return {};
  });
  ASSERT_TRUE(filled);
  const auto more = jobs->submit(kind, {}, {});
  ASSERT_FALSE(more);
  EXPECT_EQ(more.error().code, ErrorCode::overloaded);
}

TEST_F(JobsTest, ProgressIsSeenWhileTheWorkGoesOn) {
  auto jobs = make();
  std::vector<std::int64_t> told;
  jobs->kind(kind, [&](JobContext& context) -> Result<json::object> {
    context.show(3, 9);
    EXPECT_EQ(jobs->get(context.job().id)->done, 3);
    LP_CHECK(save(context, 6, {}));
    EXPECT_EQ(jobs->get(context.job().id)->done, 6);
    return json::object();
  });
  const auto job = jobs->run_now(kind, {}, {}, [&](const Job& seen) { told.push_back(seen.done); });
  ASSERT_TRUE(job);
  EXPECT_EQ(told, (std::vector<std::int64_t>{3}));
  EXPECT_EQ(job->done, 6);
  EXPECT_EQ(job->total, 10);
}

}  // namespace
}  // namespace linchpin::jobs
