#pragma once

// Who holds which session or token, in memory. Bounded: what has not been asked for lately is
// forgotten and read again when it comes back.

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "inbound/identity/principal.h"

namespace linchpin::inbound {

class PrincipalCache {
 public:
  static constexpr std::size_t max_entries = 10'000;

  struct Entry {
    PrincipalPointer principal;
    std::atomic<Instant> seen_at{0};    // last use
    std::atomic<Instant> stored_at{0};  // last use as the database knows it
  };
  using EntryPointer = std::shared_ptr<Entry>;

  EntryPointer find(std::string_view digest);

  // What is read now may be put only while nothing has been forgotten since `epoch` was taken:
  // otherwise it may be what was true before the change.
  std::uint64_t epoch() const { return epoch_.load(); }
  void put(EntryPointer entry, std::uint64_t epoch);

  void forget(std::string_view digest);
  void forget_user(RecordId user);
  void forget_all();

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept {
      return std::hash<std::string_view>{}(text);
    }
  };
  using Entries = std::unordered_map<std::string, EntryPointer, Hash, std::equal_to<>>;

  void insert(EntryPointer entry);

  std::mutex mutex_;
  // Two generations: when the young one is full the old one is dropped.
  Entries young_;
  Entries old_;
  std::atomic<std::uint64_t> epoch_{0};
};

}  // namespace linchpin::inbound
