#pragma once

// Carries out what was prepared, at its minute, with the rights that whoever prepared it has then.

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "handover/store.h"

namespace linchpin::handover {

class DueHandovers {
 public:
  static constexpr std::chrono::milliseconds poll{1'000};

  DueHandovers(records::Records& records, const Clock& clock) : records_(records), clock_(clock) {}
  ~DueHandovers() { stop(); }

  void start();
  void stop();
  // Everything that is due now; how many were tried.
  Result<int> step();

 private:
  void run();
  Status execute(RecordId id);
  Status fail(RecordId id, const Deed& deed, const Error& error);

  records::Records& records_;
  const Clock& clock_;
  std::mutex mutex_;  // guards stopping_
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace linchpin::handover
