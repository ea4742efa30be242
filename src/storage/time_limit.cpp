#include "storage/time_limit.h"

namespace linchpin::storage {

namespace {

thread_local std::chrono::milliseconds limit_of_thread{0};

}  // namespace

TimeLimit::TimeLimit(std::chrono::milliseconds most) : outer_(limit_of_thread) {
  limit_of_thread = most;
}

TimeLimit::~TimeLimit() {
  limit_of_thread = outer_;
}

std::chrono::milliseconds TimeLimit::current() {
  return limit_of_thread;
}

}  // namespace linchpin::storage
