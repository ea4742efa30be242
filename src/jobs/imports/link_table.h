#pragma once

// Which records the keys of a file name. Filled from the database as keys come up, and forgotten
// when it grows too large or somebody else changes such records: it can always be read again.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace linchpin::imports {

constexpr std::size_t max_known_keys = 1'000'000;  // of one lookup

struct Linked {
  std::int64_t id = 0;     // 0: there is no such record
  std::uint64_t open = 0;  // fills that a record of this import still waits for
  std::uint32_t link = 0;  // the link that created it: place in Plan::links
};

class LinkTable {
 public:
  // Null when the key has not come up. Valid until clear().
  Linked* find(std::string_view key) {
    if (last_ != nullptr && last_->first == key) return &last_->second;
    const auto found = known_.find(key);
    if (found == known_.end()) return nullptr;
    last_ = &*found;
    return &last_->second;
  }

  Linked& put(std::string_view key, Linked linked) {
    last_ = &*known_.insert_or_assign(std::string(key), linked).first;
    return last_->second;
  }

  bool is_full() const { return known_.size() >= max_known_keys; }

  void clear() {
    known_.clear();
    last_ = nullptr;
  }

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  using Known = std::unordered_map<std::string, Linked, Hash, std::equal_to<>>;

  Known known_;
  Known::value_type* last_ = nullptr;  // rows of one order follow each other
};

}  // namespace linchpin::imports
