#include "inbound/http/work_pool.h"

#include <gtest/gtest.h>

#include <functional>
#include <latch>

namespace linchpin::inbound {
namespace {

class Task final : public PoolTask {
 public:
  explicit Task(std::function<void()> work) : work_(std::move(work)) {}
  void run() override {
    work_();
    delete this;
  }

 private:
  std::function<void()> work_;
};

bool submit(WorkPool& pool, std::function<void()> work) {
  std::unique_ptr<PoolTask> task = std::make_unique<Task>(std::move(work));
  return pool.submit(task);
}

TEST(WorkPool, RunsAllTasksAtOnceUpToItsThreads) {
  WorkPool pool(4, 100);
  EXPECT_EQ(pool.started_threads(), 0u);
  std::latch together(4);
  std::latch done(4);
  for (int i = 0; i < 4; ++i) {
    ASSERT_TRUE(submit(pool, [&] {
      together.arrive_and_wait();
      done.count_down();
    }));
  }
  done.wait();
  EXPECT_EQ(pool.started_threads(), 4u);
}

TEST(WorkPool, KeepsTheOrderAndTheLimitOfTheQueue) {
  WorkPool pool(1, 2);
  std::latch running(1);
  std::latch go(1);
  std::latch done(3);
  std::string order;
  ASSERT_TRUE(submit(pool, [&] {
    running.count_down();
    go.wait();
    done.count_down();
  }));
  running.wait();
  ASSERT_TRUE(submit(pool, [&] { order += 'a', done.count_down(); }));
  ASSERT_TRUE(submit(pool, [&] { order += 'b', done.count_down(); }));
  EXPECT_FALSE(submit(pool, [] {}));
  pool.submit_always(std::make_unique<Task>([&] { order += 'c'; }));
  go.count_down();
  done.wait();
  pool.stop();
  EXPECT_TRUE(order == "ab" || order == "abc");
}

TEST(WorkPool, DropsWhatWaitsWhenItStops) {
  std::latch running(1);
  std::latch go(1);
  int ran = 0;
  WorkPool pool(1, 10);
  ASSERT_TRUE(submit(pool, [&] {
    running.count_down();
    go.wait();
  }));
  running.wait();
  auto held = std::make_shared<int>(0);
  const std::weak_ptr<int> dropped = held;
  ASSERT_TRUE(submit(pool, [&ran, kept = std::move(held)] { ++ran; }));
  std::thread stopping([&] { pool.stop(); });
  while (!dropped.expired()) std::this_thread::yield();
  EXPECT_FALSE(submit(pool, [&] { ++ran; }));
  go.count_down();
  stopping.join();
  EXPECT_EQ(ran, 0);
}

TEST(WorkPool, DoesEveryTaskOfManyThreads) {
  std::atomic<int> ran = 0;
  std::latch done(4000);
  WorkPool pool(3, 10'000);
  std::vector<std::thread> senders;
  for (int i = 0; i < 4; ++i) {
    senders.emplace_back([&] {
      for (int k = 0; k < 1000; ++k) {
        ASSERT_TRUE(submit(pool, [&] { ++ran, done.count_down(); }));
      }
    });
  }
  for (std::thread& sender : senders) sender.join();
  done.wait();
  EXPECT_EQ(ran, 4000);
}

}  // namespace
}  // namespace linchpin::inbound
