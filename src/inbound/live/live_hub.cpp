#include "inbound/live/live_hub.h"

#include "base/log.h"
#include "records/organisation.h"
#include "stream/change_log.h"

namespace linchpin::inbound {

using storage::Connection;

LiveHub::LiveHub(const Services& services, Identity& identity)
    : services_(services), identity_(identity), presence_(services) {}

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
  LiveGroups& groups = *this;
  auto session = std::make_shared<LiveSession>(services_, groups, std::move(principal), language,
                                               std::move(peer));
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

Status LiveHub::join(const std::shared_ptr<LiveSession>& session, LiveWish wish,
                     std::int64_t since) {
  const std::lock_guard lock(poll_mutex_);
  if (seen_seq_ < 0) find_end();
  LP_TRY(Members * members, members_for(session->principal().scope, std::move(wish)));
  LiveGroup& group = *members->group;
  const bool is_member = session->belongs_to(group.id());
  // Nothing is told while this lock is held: all that follows comes after the acknowledgement.
  LP_CHECK(session->joined(group.id(), group.object(), seen_seq_));
  if (!is_member) members->sessions.push_back(session);
  return since < 0 ? Status() : replay(*session, group, since);
}

Result<LiveHub::Members*> LiveHub::members_for(const access::AccessScope& scope, LiveWish wish) {
  std::string key = LiveGroup::key(scope, wish);
  const auto found = groups_.find(key);
  if (found != groups_.end()) return &found->second;
  if (groups_.size() >= max_groups) return Error::of(ErrorCode::overloaded);
  std::string id = "s" + std::to_string(++groups_made_);
  LP_TRY(auto group, LiveGroup::make(services_.records, scope, std::move(wish), std::move(id)));
  Members& members = groups_[std::move(key)];
  members.group = std::move(group);
  return &members;
}

Status LiveHub::replay(LiveSession& session, LiveGroup& group, std::int64_t since) {
  const auto schema = services_.records.schema();
  return services_.records.database().snapshot([&](Connection& connection) -> Status {
    LP_TRY(const std::int64_t last, stream::last_seq(connection));
    LP_TRY(const std::int64_t oldest, stream::oldest_seq(connection));
    if (since == last) return {};
    ChangeBatch batch(connection, *schema);
    bool known = since < last && since + 1 >= oldest;
    if (known) {
      LP_TRY(known, batch.read(since));
    }
    if (!known) {
      session.everything_changed(last);
      return {};
    }
    LP_TRY(const std::vector<LiveMessage> messages, group.tell(services_.records, batch));
    session.tell(messages);
    return {};
  });
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

LiveHub::Listeners LiveHub::sessions() {
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

bool LiveHub::is_news() {
  storage::Database& database = services_.records.database();
  const std::int64_t commits = database.counters().commits;
  const std::int64_t version = database.data_version().value_or(seen_version_);
  const bool news = commits != seen_commits_ || version != seen_version_;
  seen_commits_ = commits;
  seen_version_ = version;
  return news;
}

Status LiveHub::read_news(News& news) {
  const auto schema = services_.records.schema();
  return services_.records.database().snapshot([&](Connection& connection) -> Status {
    LP_TRY(const std::int64_t last, stream::last_seq(connection));
    if (last == seen_seq_) return {};
    ChangeBatch batch(connection, *schema);
    LP_TRY(const bool whole, batch.read(seen_seq_));
    news.too_many = !whole;
    news.objects = batch.objects();
    for (auto& [key, members] : groups_) {
      if (!whole) break;
      LP_TRY(std::vector<LiveMessage> messages, members.group->tell(services_.records, batch));
      if (!messages.empty()) news.messages.emplace_back(&members, std::move(messages));
    }
    seen_seq_ = last;
    return {};
  });
}

void LiveHub::tell(Members& members, const std::vector<LiveMessage>& messages) {
  std::erase_if(members.sessions, [&](const std::weak_ptr<LiveSession>& held) {
    const auto session = held.lock();
    if (!session || !session->belongs_to(members.group->id())) return true;
    session->tell(messages);
    return false;
  });
}

// False: the group is over.
bool LiveHub::renew(Members& members) {
  std::erase_if(members.sessions, [&](const std::weak_ptr<LiveSession>& held) {
    const auto session = held.lock();
    return !session || !session->belongs_to(members.group->id());
  });
  if (members.sessions.empty()) return false;
  const auto schema = services_.records.schema();
  const records::Viewer viewer = members.group->viewer(services_.records);
  if (members.group->is_current(*schema, viewer)) return true;
  const Status renewed = members.group->compile(services_.records);
  if (renewed) {
    tell(members, {members.group->anew(seen_seq_)});
    return true;
  }
  for (const auto& held : members.sessions) {
    if (const auto session = held.lock()) session->everything_changed(seen_seq_);
  }
  return false;
}

// Filters whose meaning has moved are read again, and their lists by whoever shows them.
void LiveHub::renew_groups() {
  for (auto entry = groups_.begin(); entry != groups_.end();) {
    entry = renew(entry->second) ? std::next(entry) : groups_.erase(entry);
  }
}

void LiveHub::check_listeners(const Listeners& listeners) {
  for (const auto& session : listeners) {
    const PrincipalPointer now = identity_.current(session->principal());
    // Other rights than at the beginning: the client comes back with the new ones.
    const Principal& then = session->principal();
    if (!now || now->scope.fingerprint() != then.scope.fingerprint()) {
      session->close("signed out");
    }
  }
}

void LiveHub::poll() {
  const std::lock_guard lock(poll_mutex_);
  ++polls_;
  const bool changed = is_news();
  const bool jobs_are_due = changed || polls_ % polls_between_jobs == 0;
  if (!jobs_are_due && seen_seq_ >= 0) return;
  const Listeners listeners = sessions();
  if (listeners.empty()) {
    seen_seq_ = -1;  // nobody was promised anything: begin at the end next time
    groups_.clear();
    return;
  }
  if (seen_seq_ < 0) find_end();
  const bool checks_are_due = polls_ % polls_between_checks == 0;
  if (changed || checks_are_due) renew_groups();
  News news;
  if (changed && seen_seq_ >= 0) {
    const Status read = read_news(news);
    if (!read) {
      log_warning("live_changes_unread", {{"why", read.error().log_detail}});
      seen_commits_ = -1;
      return;
    }
  }
  const bool rights_changed = std::any_of(
      records::rights_objects.begin(), records::rights_objects.end(),
      [&](std::string_view object) { return news.objects.contains(std::string(object)); });
  const Instant now = services_.clock.now();
  const bool time_turned = std::any_of(listeners.begin(), listeners.end(), [&](const auto& one) {
    const Instant until = one->principal().scope.valid_until();
    return until != 0 && until <= now;
  });
  if (checks_are_due || rights_changed || time_turned) check_listeners(listeners);
  for (auto& [members, messages] : news.messages) tell(*members, messages);
  for (const auto& session : listeners) {
    if (news.too_many) {
      session->everything_changed(seen_seq_);
    } else if (!news.objects.empty()) {
      session->objects_changed(news.objects, seen_seq_);
    }
    session->look_at_jobs();
  }
  if (polls_ % polls_between_jobs == 0) presence_.tell(listeners);
}

}  // namespace linchpin::inbound
