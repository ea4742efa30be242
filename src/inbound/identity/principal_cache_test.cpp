#include "inbound/identity/principal_cache.h"

#include <gtest/gtest.h>

namespace linchpin::inbound {
namespace {

PrincipalCache::EntryPointer entry_of(const std::string& digest, std::int64_t user) {
  auto principal = std::make_shared<Principal>(access::Authority::person(RecordId{user}));
  principal->user = RecordId{user};
  principal->credential = digest;
  auto entry = std::make_shared<PrincipalCache::Entry>();
  entry->principal = std::move(principal);
  return entry;
}

TEST(PrincipalCache, KeepsAndForgets) {
  PrincipalCache cache;
  cache.put(entry_of("a", 1), cache.epoch());
  cache.put(entry_of("b", 1), cache.epoch());
  cache.put(entry_of("c", 2), cache.epoch());
  ASSERT_NE(cache.find("a"), nullptr);
  cache.forget("a");
  EXPECT_EQ(cache.find("a"), nullptr);
  cache.forget_user(RecordId{1});
  EXPECT_EQ(cache.find("b"), nullptr);
  ASSERT_NE(cache.find("c"), nullptr);
  cache.forget_all();
  EXPECT_EQ(cache.find("c"), nullptr);
}

TEST(PrincipalCache, WhatWasReadBeforeAChangeIsNotKeptAfterIt) {
  PrincipalCache cache;
  const std::uint64_t epoch = cache.epoch();
  cache.forget_user(RecordId{1});
  cache.put(entry_of("a", 1), epoch);
  EXPECT_EQ(cache.find("a"), nullptr);
}

TEST(PrincipalCache, HoldsNoMoreThanItsLimitAndKeepsWhatIsUsed) {
  PrincipalCache cache;
  cache.put(entry_of("used", 1), cache.epoch());
  for (std::size_t i = 0; i < 3 * PrincipalCache::max_entries; ++i) {
    cache.put(entry_of(std::to_string(i), 2), cache.epoch());
    ASSERT_NE(cache.find("used"), nullptr) << i;
  }
  std::size_t held = 0;
  for (std::size_t i = 0; i < 3 * PrincipalCache::max_entries; ++i) {
    // Asking moves between the generations, but only what is there can be found.
    if (cache.find(std::to_string(i)) != nullptr) ++held;
  }
  EXPECT_LE(held, PrincipalCache::max_entries);
}

}  // namespace
}  // namespace linchpin::inbound
