#include "inbound/live/live_hub.h"

#include "stream/change_log.h"

namespace linchpin::inbound {

using storage::Connection;
using Listeners = std::vector<std::shared_ptr<LiveSession>>;

LiveHub::LiveHub(const Services& services, Identity& identity)
    : services_(services), identity_(identity) {}

LiveHub::~LiveHub() {
  for (const auto& session : sessions()) session->close("the server is stopping");
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

std::shared_ptr<SocketSession> LiveHub::open(PrincipalPointer principal, Language language,
                                             std::shared_ptr<SocketPeer> peer) {
  auto session =
      std::make_shared<LiveSession>(services_, std::move(principal), language, std::move(peer));
  {
    const std::lock_guard lock(mutex_);
    sessions_.push_back(session);
    if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
  }
  wake_.notify_one();
  // From here on every change is told: before the first subscription can be acknowledged.
  const std::lock_guard lock(poll_mutex_);
  if (seen_seq_ < 0) find_end();
  return session;
}

void LiveHub::find_end() {
  const auto last = services_.records.database().read(
      [](Connection& connection) { return stream::last_seq(connection); });
  if (last) seen_seq_ = *last;
}

void LiveHub::run() {
  while (true) {
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [&] { return stopping_ || !sessions_.empty(); });
      wake_.wait_for(lock, poll_interval, [&] { return stopping_; });
      if (stopping_) return;
    }
    poll();
  }
}

Listeners LiveHub::sessions() {
  Listeners found;
  const std::lock_guard lock(mutex_);
  std::erase_if(sessions_, [&](const std::weak_ptr<LiveSession>& held) {
    auto session = held.lock();
    if (!session || session->closed()) return true;
    found.push_back(std::move(session));
    return false;
  });
  return found;
}

bool LiveHub::read_changes(std::set<std::string>& objects, bool& too_many) {
  storage::Database& database = services_.records.database();
  const std::int64_t commits = database.counters().commits;
  const std::int64_t version = database.data_version().value_or(seen_version_);
  if (commits == seen_commits_ && version == seen_version_) return false;
  const Status read = database.snapshot([&](Connection& connection) -> Status {
    LP_TRY(const std::int64_t last, stream::last_seq(connection));
    int seen = 0;
    LP_CHECK(stream::read_since(connection, seen_seq_, {}, max_followed_entries,
                                [&](const stream::Entry& entry) {
                                  ++seen;
                                  objects.insert(entry.object);
                                  return Status();
                                }));
    too_many = seen == max_followed_entries;
    seen_seq_ = last;
    return {};
  });
  if (!read) return false;
  seen_commits_ = commits;
  seen_version_ = version;
  return true;
}

void LiveHub::check_listeners(const Listeners& listeners) {
  for (const auto& session : listeners) {
    const PrincipalPointer now = identity_.current(session->principal());
    // Other rights than at the beginning: the client comes back with the new ones.
    if (!now || now->administrator != session->principal().administrator) {
      session->close("signed out");
    }
  }
}

void LiveHub::poll() {
  const std::lock_guard lock(poll_mutex_);
  const Listeners listeners = sessions();
  if (listeners.empty()) {
    seen_seq_ = -1;  // nobody was promised anything: begin at the end next time
    return;
  }
  std::set<std::string> objects;
  bool too_many = false;
  if (seen_seq_ < 0) find_end();
  const bool changed = seen_seq_ >= 0 && read_changes(objects, too_many);
  if (objects.contains("user") || ++polls_ % polls_between_checks == 0) {
    check_listeners(listeners);
  }
  for (const auto& session : listeners) {
    if (too_many) {
      session->everything_changed(seen_seq_);
    } else if (changed && !objects.empty()) {
      session->objects_changed(objects, seen_seq_);
    }
    session->look_at_jobs();
  }
}

}  // namespace linchpin::inbound
