#include "subscribers/search/index_keeper.h"

#include "base/log.h"
#include "subscribers/search/index_slice.h"

namespace linchpin::search {

using storage::Connection;

void IndexKeeper::start() {
  const Result<bool> did = step();
  if (!did) log_warning("search_index_failed", {{"why", did.error().log_detail}});
  thread_ = std::thread([this] { run(); });
}

void IndexKeeper::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

Result<bool> IndexKeeper::step() {
  LP_TRY(const bool did, write_slice(slice_records_));
  if (!did) return false;
  if (slice_took_ < short_slice) slice_records_ = std::min(slice_records_ * 2, max_slice_records);
  if (slice_took_ > long_slice) slice_records_ = std::max(slice_records_ / 2, min_slice_records);
  return true;
}

Status IndexKeeper::catch_up() {
  while (true) {
    LP_TRY(const bool did, write_slice(large_slice_records));
    if (!did) return {};
  }
}

Result<bool> IndexKeeper::write_slice(std::size_t max_records) {
  const auto schema = records_.schema();
  storage::Database& database = records_.database();
  LP_TRY(const IndexSlice::Due due, database.snapshot([&](Connection& connection) {
    return IndexSlice::look(connection, *schema);
  }));
  if (!due.anything) return false;
  auto slice = [&](Connection& connection) {
    const auto begin = std::chrono::steady_clock::now();
    auto did = IndexSlice(connection, *schema, max_records, due).run();
    slice_took_ = std::chrono::steady_clock::now() - begin;
    return did;
  };
  return database.write(slice, storage::WriteKind::job);
}

// Cheap enough to ask four times a second for ever.
bool IndexKeeper::has_news() {
  storage::Database& database = records_.database();
  const std::int64_t commits = database.counters().commits;
  const std::int64_t version = database.data_version().value_or(seen_version_);
  const bool news = commits != seen_commits_ || version != seen_version_;
  seen_commits_ = commits;
  seen_version_ = version;
  return news;
}

void IndexKeeper::run() {
  bool busy = false;
  while (true) {
    {
      std::unique_lock lock(mutex_);
      if (!busy) wake_.wait_for(lock, poll, [&] { return stopping_; });
      if (stopping_) return;
    }
    if (!busy && !has_news()) continue;
    const Result<bool> did = step();
    if (!did) {
      // The disk may be full or the database away: the next look comes with the next commit.
      log_warning("search_index_failed", {{"why", did.error().log_detail}});
      seen_commits_ = -1;
    }
    busy = did && *did;
  }
}

}  // namespace linchpin::search
