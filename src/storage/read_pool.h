#pragma once

// The connections that reads share. They are opened when they are first needed.

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "storage/session.h"

namespace linchpin::storage {

class ReadPool {
 public:
  using Open = std::function<Result<std::unique_ptr<Session>>()>;

  ReadPool(Open open, std::size_t max_sessions);
  ~ReadPool();

  // Wait while all connections are in use. A read inside a read of the same thread runs on the
  // connection that the thread has already, and in its snapshot when there is one.
  Status read(const Database::Work& work);
  Status snapshot(const Database::Work& work);

 private:
  struct Slot {
    std::unique_ptr<Session> session;
    std::thread::id last_user;
  };
  class Lease;

  Result<Slot> take();
  void give_back(Slot slot);
  Session* current() const;

  const Open open_;
  const std::size_t max_sessions_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<Slot> free_;  // the last one was used last
  std::size_t opened_ = 0;
};

}  // namespace linchpin::storage
