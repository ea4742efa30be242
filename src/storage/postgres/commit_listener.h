#pragma once

// Hears of the commits of a workspace's writers, those of other processes among them.

#include <atomic>
#include <chrono>
#include <functional>
#include <string>
#include <thread>

#include "storage/postgres/postgres_handle.h"
#include "storage/sql.h"

namespace linchpin::storage::postgres {

class CommitListener {
 public:
  static constexpr std::chrono::milliseconds pause_before_reconnecting{500};

  // `is_own`: whether a backend is this process's own writer.
  CommitListener(std::string url, Name channel, std::function<bool(int backend)> is_own);
  ~CommitListener();
  CommitListener(const CommitListener&) = delete;
  CommitListener& operator=(const CommitListener&) = delete;

  Status start();

  // Another number after every foreign commit, and at every call while nobody can be heard.
  std::int64_t version() { return hearing_ ? version_.load() : ++version_; }

 private:
  Status connect();
  void run();
  bool take_notices();
  // False: it is to end.
  bool wait_for(int socket, int milliseconds) const;

  const std::string url_;
  const Name channel_;
  const std::function<bool(int)> is_own_;
  ConnectionPointer connection_;
  std::atomic<bool> hearing_{false};
  std::atomic<std::int64_t> version_{0};
  int ending_ = -1;  // an eventfd
  std::thread thread_;
};

}  // namespace linchpin::storage::postgres
