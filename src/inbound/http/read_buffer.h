#pragma once

// What has been received and not been read yet. Small while a connection is idle.

#include <cstddef>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>

namespace linchpin::inbound {

class ReadBuffer {
 public:
  std::string_view text() const { return {data_.get() + begin_, end_ - begin_}; }
  bool empty() const { return begin_ == end_; }

  // Space for more: at least `min_capacity` in all, grown when full but never above `max_capacity`.
  // Empty when that is reached.
  std::span<char> prepare(std::size_t min_capacity, std::size_t max_capacity) {
    if (empty()) begin_ = end_ = 0;
    if (capacity_ < min_capacity) {
      resize(min_capacity);
    } else if (end_ == capacity_ && begin_ > 0) {
      move_to(data_.get());
    } else if (end_ == capacity_ && capacity_ < max_capacity) {
      resize(capacity_ * 2 < max_capacity ? capacity_ * 2 : max_capacity);
    }
    return {data_.get() + end_, capacity_ - end_};
  }
  void commit(std::size_t count) { end_ += count; }
  void consume(std::size_t count) { begin_ += count; }

  // Gives the memory back when it is more than `keep`.
  void relax(std::size_t keep) {
    if (!empty() || capacity_ <= keep) return;
    data_.reset();
    capacity_ = begin_ = end_ = 0;
  }

 private:
  void resize(std::size_t capacity) {
    auto larger = std::make_unique_for_overwrite<char[]>(capacity);
    move_to(larger.get());
    data_ = std::move(larger);
    capacity_ = capacity;
  }
  void move_to(char* place) {
    const std::size_t size = end_ - begin_;
    if (size > 0) std::memmove(place, data_.get() + begin_, size);
    begin_ = 0;
    end_ = size;
  }

  std::unique_ptr<char[]> data_;
  std::size_t capacity_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace linchpin::inbound
