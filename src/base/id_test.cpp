#include "base/id.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <limits>
#include <thread>
#include <vector>

namespace linchpin {
namespace {

constexpr Instant some_day = 1'795'219'200'000;  // 2026-11-21
constexpr std::int64_t largest_id = std::numeric_limits<std::int64_t>::max();

RC_GTEST_PROP(Id, TextReadsBackTheSame, ()) {
  const RecordId id{*rc::gen::inRange<std::int64_t>(1, largest_id)};
  const std::string text = format_id(id);
  RC_ASSERT(text.size() == id_text_size);
  const Result<RecordId> read = parse_id(text);
  RC_ASSERT(bool(read));
  RC_ASSERT(*read == id);
}

RC_GTEST_PROP(Id, TextSortsLikeTheId, ()) {
  const RecordId a{*rc::gen::inRange<std::int64_t>(1, largest_id)};
  const RecordId b{*rc::gen::inRange<std::int64_t>(1, largest_id)};
  RC_ASSERT((format_id(a) < format_id(b)) == (a < b));
}

TEST(Id, WritesCrockfordBase32) {
  EXPECT_EQ(format_id({1}), "0000000000001");
  EXPECT_EQ(format_id({32}), "0000000000010");
  EXPECT_EQ(format_id({31}), "000000000000Z");
  EXPECT_EQ(format_id({largest_id}), "7ZZZZZZZZZZZZ");
}

TEST(Id, ReadsLowerCaseAndLookAlikes) {
  EXPECT_EQ(parse_id("7zzzzzzzzzzzz")->value, largest_id);
  EXPECT_EQ(parse_id("oO000000000iL")->value, 33);
}

TEST(Id, RefusesAnythingElse) {
  for (const char* text : {"", "1", "000000000001", "00000000000001", "8000000000000",
                           "000000000000U", "000000000000-", "0000000000000", "00000000000 1"}) {
    const Result<RecordId> id = parse_id(text);
    ASSERT_FALSE(id) << text;
    EXPECT_EQ(id.error().detail, "wrong_id");
  }
}

TEST(IdGenerator, PutsTimeSequenceAndNodeInTheirPlaces) {
  const ManualClock clock(1'577'836'800'000 + 5);
  IdGenerator generator(clock, 3);
  EXPECT_EQ(generator.next().value, (std::int64_t{5} << 22) | 3);
  EXPECT_EQ(generator.next().value, (std::int64_t{5} << 22) | (1 << 10) | 3);
}

TEST(IdGenerator, GrowsWhenTheClockStandsStillOrGoesBack) {
  ManualClock clock(some_day);
  IdGenerator generator(clock, 0);
  RecordId last = generator.next();
  for (int i = 0; i < 10'000; ++i) {
    if (i == 5'000) clock.advance(-60'000);
    const RecordId next = generator.next();
    ASSERT_GT(next, last);
    last = next;
  }
  clock.advance(120'000);
  EXPECT_GT(generator.next(), last);
}

TEST(IdGenerator, TwoNodesNeverMeet) {
  const ManualClock clock(some_day);
  IdGenerator one(clock, 1);
  IdGenerator two(clock, 2);
  for (int i = 0; i < 100; ++i) EXPECT_NE(one.next(), two.next());
}

TEST(IdGenerator, IsUniqueOverThreads) {
  const ManualClock clock(some_day);
  IdGenerator generator(clock, 1);
  constexpr std::size_t per_thread = 5'000;
  std::vector<std::vector<RecordId>> made(4);
  std::vector<std::thread> threads;
  for (auto& ids : made) {
    threads.emplace_back([&generator, &ids] {
      for (std::size_t i = 0; i < per_thread; ++i) ids.push_back(generator.next());
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::vector<RecordId> all;
  for (const auto& ids : made) {
    EXPECT_TRUE(std::is_sorted(ids.begin(), ids.end()));
    all.insert(all.end(), ids.begin(), ids.end());
  }
  std::sort(all.begin(), all.end());
  EXPECT_EQ(std::adjacent_find(all.begin(), all.end()), all.end());
}

}  // namespace
}  // namespace linchpin
