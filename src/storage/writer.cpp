#include "storage/writer.h"

#include <cassert>
#include <new>
#include <utility>

namespace linchpin::storage {

struct Writer::Request {
  explicit Request(const Database::Work& what) : work(what) {}

  const Database::Work& work;  // lives in the caller, who waits
  Status status;
  std::mutex mutex;
  std::condition_variable answered;
  bool done = false;

  void finish() {
    {
      const std::lock_guard lock(mutex);
      done = true;
    }
    answered.notify_one();
  }
  void wait() {
    std::unique_lock lock(mutex);
    answered.wait(lock, [this] { return done; });
  }
};

namespace {

constexpr int retry_seconds = 1;

// One request's exception must not take its neighbours' answers with it.
Status call(const Database::Work& work, Connection& connection) {
  try {
    return work(connection);
  } catch (const std::bad_alloc&) {
    return Error::of(ErrorCode::storage_failed);
  } catch (const std::exception& exception) {
    return Error::internal(exception.what());
  }
}

}  // namespace

Writer::Writer(std::unique_ptr<Session> session, std::size_t max_queue)
    : max_queue_(max_queue), session_(std::move(session)), thread_([this] { run(); }) {}

Writer::~Writer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

Status Writer::write(WriteKind kind, const Database::Work& work) {
  assert(!is_current_thread() && "a write inside a write would wait for itself");
  const auto request = std::make_shared<Request>(work);
  bool wake = false;
  {
    const std::lock_guard lock(mutex_);
    auto& waiting = queue(kind);
    if (waiting.size() >= max_queue_) {
      ++rejected_;
      Error error = Error::of(ErrorCode::overloaded, "write_queue_full");
      error.retry_after_seconds = retry_seconds;
      return error;
    }
    waiting.push_back(request);
    wake = wanted_ > 0 && (kind == WriteKind::job || waiting.size() >= wanted_);
  }
  if (wake) wake_.notify_one();
  request->wait();
  return std::move(request->status);
}

WriterCounters Writer::counters() const {
  const std::lock_guard lock(mutex_);
  const auto waiting = static_cast<std::int64_t>(interactive_.size() + jobs_.size());
  return {writes_, commits_, rejected_, waiting};
}

bool Writer::use_idle_session(const std::function<void(Session&)>& use) {
  std::unique_lock lock(session_mutex_, std::try_to_lock);
  if (!lock && in_transaction_) return false;
  if (!lock) lock.lock();
  use(*session_);
  return true;
}

void Writer::run() {
  while (const auto kind = wait_for_kind()) {
    const Clock::time_point start = Clock::now();
    run_group(*kind);
    const Clock::duration taken = Clock::now() - start;
    owed_to_requests_ =
        *kind == WriteKind::job ? requests_share * taken : owed_to_requests_ - taken;
    maintain(kind);
  }
}

std::optional<WriteKind> Writer::wait_for_kind() {
  const auto is_called = [this] { return stopping_ || !interactive_.empty() || !jobs_.empty(); };
  std::unique_lock lock(mutex_);
  wanted_ = 1;
  if (!wake_.wait_for(lock, quiet_time, is_called)) {
    lock.unlock();
    maintain(std::nullopt);
    lock.lock();
    wake_.wait(lock, is_called);
  }
  wanted_ = 0;
  if (interactive_.empty() && jobs_.empty()) return std::nullopt;
  if (jobs_.empty()) return WriteKind::interactive;
  if (interactive_.empty()) return WriteKind::job;
  return owed_to_requests_ > Clock::duration::zero() ? WriteKind::interactive : WriteKind::job;
}

void Writer::run_group(WriteKind kind) {
  const std::lock_guard session_lock(session_mutex_);
  in_transaction_ = true;
  if (const Status begun = session_->begin_write(); !begun) {
    in_transaction_ = false;
    refuse_waiting(kind, begun.error());
    return;
  }
  Group group{.kind = kind};
  Status status = fill(group);
  if (status && group.kept > 0) status = session_->commit();
  if (!status || group.kept == 0) session_->rollback();
  in_transaction_ = false;
  if (kind == WriteKind::interactive) last_group_size_ = group.requests.size();
  answer(group, status);
}

Status Writer::fill(Group& group) {
  while (RequestPointer request = next(group)) {
    group.requests.push_back(request);
    LP_CHECK(perform(group, *request));
  }
  return {};
}

Status Writer::perform(Group& group, Request& request) {
  // While nothing is to be kept, undoing this request may undo the whole transaction.
  const bool first = group.kept == 0;
  if (!first) LP_CHECK(session_->set_savepoint());
  request.status = call(request.work, *session_);
  if (const Error* fatal = session_->fatal_error()) return *fatal;
  if (request.status && session_->is_spoilt()) {
    request.status = Error::internal("a write went on after a failed statement");
  }
  assert(session_->in_transaction() && "a write must not end the writer's transaction");
  if (request.status) {
    ++group.kept;
    return first ? Status() : session_->release_savepoint();
  }
  if (!first) return session_->rollback_to_savepoint();
  session_->rollback();
  return session_->begin_write();
}

Writer::RequestPointer Writer::next(const Group& group) {
  const std::size_t taken = group.requests.size();
  const std::size_t limit = group.kind == WriteKind::job ? 1 : Database::max_group;
  if (taken >= limit) return nullptr;
  if (taken > 0 && Clock::now() - group.start >= Database::max_group_time) return nullptr;

  std::unique_lock lock(mutex_);
  auto& waiting = queue(group.kind);
  const std::size_t expected = group.kind == WriteKind::job ? 1 : last_group_size_ / 2;
  if (waiting.empty() && taken < expected) {
    wanted_ = expected - taken;
    wake_.wait_until(lock, group.start + max_gathering,
                     [&] { return stopping_ || waiting.size() >= wanted_; });
    wanted_ = 0;
  }
  if (waiting.empty()) return nullptr;
  RequestPointer request = std::move(waiting.front());
  waiting.pop_front();
  return request;
}

void Writer::answer(const Group& group, const Status& status) {
  if (status) {
    for (const RequestPointer& request : group.requests) {
      if (request->status) ++writes_;
    }
    if (group.kept > 0) ++commits_;
  }
  for (const RequestPointer& request : group.requests) {
    // Even a request that had refused its work: it may have seen changes that are gone now.
    if (!status) request->status = status.error();
    request->finish();
  }
}

// The time-out has passed once for all of them, so they do not wait for it one after the other.
void Writer::refuse_waiting(WriteKind kind, const Error& error) {
  std::deque<RequestPointer> refused;
  {
    const std::lock_guard lock(mutex_);
    refused.swap(queue(kind));
  }
  for (const RequestPointer& request : refused) {
    request->status = error;
    request->finish();
  }
}

void Writer::maintain(std::optional<WriteKind> after) {
  const std::lock_guard session_lock(session_mutex_);
  session_->maintain(after);
}

}  // namespace linchpin::storage
