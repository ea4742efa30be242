#pragma once

// Keeps the search index (records/search_index.h) behind the change log: a thread that takes up
// what has been committed, in slices that leave the writer to people in between. An object whose
// searched fields have changed is indexed anew. Several processes may keep the same index.

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>

#include "records/records.h"

namespace linchpin::search {

class IndexKeeper {
 public:
  static constexpr std::chrono::milliseconds poll{250};
  static constexpr std::chrono::milliseconds short_slice{10};
  static constexpr std::chrono::milliseconds long_slice{30};
  static constexpr std::size_t min_slice_records = 8;
  static constexpr std::size_t max_slice_records = 2'000;
  static constexpr std::size_t large_slice_records = 20'000;

  explicit IndexKeeper(records::Records& records) : records_(records) {}
  ~IndexKeeper() { stop(); }

  // The first slice is done when it returns, so that a new workspace begins with an index.
  void start();
  void stop();

  // One slice of what is to do; false when nothing was.
  Result<bool> step();
  // Until the index says what the records say now, in slices as large as they may be: for who
  // writes alone.
  Status catch_up();

 private:
  Result<bool> write_slice(std::size_t max_records);
  void run();
  bool has_news();

  records::Records& records_;
  std::size_t slice_records_ = 64;
  std::chrono::steady_clock::duration slice_took_{};  // without the wait for the writer
  std::int64_t seen_commits_ = -1;
  std::int64_t seen_version_ = -1;

  std::mutex mutex_;  // guards what follows
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace linchpin::search
