#include "storage/read_pool.h"

#include <algorithm>
#include <cassert>

namespace linchpin::storage {

namespace {

// The reads that this thread is inside of, innermost first.
struct Frame {
  const ReadPool* pool;
  Session* session;
  const Frame* outer;
};
thread_local const Frame* innermost = nullptr;

Status run_snapshot(Session& session, const Database::Work& work) {
  if (session.in_transaction()) return work(session);
  LP_CHECK(session.begin_read());
  Status status;
  try {
    status = work(session);
  } catch (...) {
    session.rollback();
    throw;
  }
  session.rollback();  // nothing was written
  return status;
}

}  // namespace

// Holds a connection for the time of one read.
class ReadPool::Lease {
 public:
  Lease(ReadPool& pool, Slot slot)
      : pool_(pool), slot_(std::move(slot)), frame_{&pool, slot_.session.get(), innermost} {
    innermost = &frame_;
  }
  ~Lease() {
    innermost = frame_.outer;
    pool_.give_back(std::move(slot_));
  }
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;

  Session& session() { return *slot_.session; }

 private:
  ReadPool& pool_;
  Slot slot_;
  const Frame frame_;
};

ReadPool::ReadPool(Open open, std::size_t max_sessions)
    : open_(std::move(open)), max_sessions_(std::max<std::size_t>(max_sessions, 1)) {}

ReadPool::~ReadPool() {
  assert(free_.size() == opened_ && "a read is still running");
}

Session* ReadPool::current() const {
  for (const Frame* frame = innermost; frame != nullptr; frame = frame->outer) {
    if (frame->pool == this) return frame->session;
  }
  return nullptr;
}

Result<ReadPool::Slot> ReadPool::take() {
  const std::thread::id me = std::this_thread::get_id();
  std::unique_lock lock(mutex_);
  returned_.wait(lock, [&] { return !free_.empty() || opened_ < max_sessions_; });
  if (!free_.empty()) {
    // Its own last connection has the pages in memory that this thread is likely to want again.
    auto found = std::find_if(free_.rbegin(), free_.rend(),
                              [&](const Slot& slot) { return slot.last_user == me; });
    if (found == free_.rend()) found = free_.rbegin();
    Slot slot = std::move(*found);
    free_.erase(std::next(found).base());
    slot.last_user = me;
    return slot;
  }
  ++opened_;
  lock.unlock();
  auto session = open_();
  if (!session) {
    lock.lock();
    --opened_;
    lock.unlock();
    returned_.notify_one();
    return std::move(session).error();
  }
  return Slot{std::move(*session), me};
}

void ReadPool::give_back(Slot slot) {
  {
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(slot));
  }
  returned_.notify_one();
}

Status ReadPool::read(const Database::Work& work) {
  if (Session* session = current()) return work(*session);
  LP_TRY(Slot slot, take());
  Lease lease(*this, std::move(slot));
  LP_CHECK(lease.session().make_ready());
  return work(lease.session());
}

Status ReadPool::snapshot(const Database::Work& work) {
  if (Session* session = current()) return run_snapshot(*session, work);
  LP_TRY(Slot slot, take());
  Lease lease(*this, std::move(slot));
  LP_CHECK(lease.session().make_ready());
  return run_snapshot(lease.session(), work);
}

}  // namespace linchpin::storage
