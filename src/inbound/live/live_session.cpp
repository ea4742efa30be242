#include "inbound/live/live_session.h"

#include <charconv>

#include "base/json_writer.h"
#include "inbound/problem.h"
#include "stream/change_log.h"

namespace linchpin::inbound {
namespace {

constexpr std::uint16_t policy_violation = 1008;  // RFC 6455

std::string job_message(const jobs::Job& job) {
  JsonWriter out;
  out.begin_object().key("type").string("job").key("id").id(job.id);
  out.key("kind").string(job.kind).key("state").string(jobs::state_name(job.state));
  out.key("progress").begin_object();
  out.key("done").integer(job.done).key("total").integer(job.total).end_object();
  out.end_object();
  return out.take();
}

bool has_ended(const jobs::Job& job) {
  return job.state != jobs::JobState::waiting && job.state != jobs::JobState::running;
}

Error too_many_subscriptions() {
  return Error::of(ErrorCode::invalid_state, "too_many_subscriptions",
                   {{"max", std::to_string(LiveSession::max_subscriptions)}});
}

}  // namespace

LiveSession::LiveSession(const Services& services, LiveGroups& groups, PrincipalPointer principal,
                         Language language, std::shared_ptr<SocketPeer> peer)
    : services_(services),
      groups_(groups),
      principal_(std::move(principal)),
      language_(language),
      peer_(std::move(peer)) {}

void LiveSession::on_text(std::string_view text) {
  const Status received = receive(text);
  if (received) return;
  const Response problem = problem_response(services_.texts, language_, {}, received.error());
  JsonWriter out;
  out.begin_object().key("type").string("problem").key("problem").raw(problem.body).end_object();
  const std::lock_guard lock(mutex_);
  send(std::make_shared<const std::string>(out.take()));
}

void LiveSession::on_drained() {
  const Result<std::int64_t> seq = last_seq();
  const std::lock_guard lock(mutex_);
  if (!missed_) return;
  missed_ = false;
  send_seq("resync", {}, seq.value_or(0));
  if (!told_presence_.empty()) send(std::make_shared<const std::string>(told_presence_));
}

void LiveSession::on_closed() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
}

bool LiveSession::closed() const {
  const std::lock_guard lock(mutex_);
  return closed_;
}

void LiveSession::close(std::string_view reason) {
  peer_->close(policy_violation, reason);
  on_closed();
}

Status LiveSession::receive(std::string_view text) {
  LP_TRY(json::object object, parse_json_object(text));
  const Members message(std::move(object));
  LP_CHECK(message.allow_only({"subscribe", "unsubscribe", "presence"}));
  LP_TRY(const std::optional<Members> subscribe, message.object("subscribe"));
  if (subscribe) LP_CHECK(change_subscription(*subscribe, true));
  LP_TRY(const std::optional<Members> unsubscribe, message.object("unsubscribe"));
  if (unsubscribe) LP_CHECK(change_subscription(*unsubscribe, false));
  LP_TRY(const std::optional<Members> presence, message.object("presence"));
  return presence ? take_place(*presence) : Status();
}

Status LiveSession::take_place(const Members& said) {
  LP_TRY(LivePlace place, read_place(services_, principal_->scope, said));
  const std::lock_guard lock(mutex_);
  if (place.object != place_.object) told_presence_.clear();
  place_ = std::move(place);
  return {};
}

LivePlace LiveSession::place() const {
  const std::lock_guard lock(mutex_);
  return place_;
}

void LiveSession::tell_presence(std::string message) {
  const std::lock_guard lock(mutex_);
  if (message == told_presence_) return;
  told_presence_ = message;
  send(std::make_shared<const std::string>(std::move(message)));
}

Status LiveSession::change_subscription(const Members& wanted, bool subscribe) {
  LP_CHECK(wanted.allow_only({"object", "where", "select", "since", "job", "subscription"}));
  LP_TRY(const std::optional<std::string> object, wanted.text("object"));
  LP_TRY(const std::optional<std::string> job, wanted.text("job"));
  if (subscribe) {
    if (object) LP_CHECK(subscribe_object(*object, wanted));
    if (job) LP_CHECK(subscribe_job(*job));
    return {};
  }
  LP_TRY(const std::optional<std::string> subscription, wanted.text("subscription"));
  const std::lock_guard lock(mutex_);
  if (object) objects_.erase(*object);
  if (subscription) joined_.erase(*subscription);
  if (job) {
    LP_TRY(const RecordId id, parse_id(*job));
    jobs_.erase(id);
  }
  return {};
}

Status LiveSession::subscribe_object(const std::string& object, const Members& wanted) {
  const auto schema = services_.records.schema();
  if (schema->object(object) == nullptr || principal_->scope.reach(object) == access::Reach::none) {
    return Error::of(ErrorCode::not_found);
  }
  LP_TRY(const std::optional<std::string> since_text, wanted.text("since"));
  std::int64_t since = -1;
  if (since_text) {
    const char* end = since_text->data() + since_text->size();
    const auto read = std::from_chars(since_text->data(), end, since);
    if (read.ec != std::errc() || read.ptr != end || since < 0) {
      return wrong_member(wanted.pointer_to("since"), "wrong_cursor");
    }
  }
  if (wanted.has("where") || wanted.has("select")) {
    LiveWish wish{object, wanted.value("where"), {}};
    LP_TRY(wish.select, wanted.texts("select"));
    return groups_.join(shared_from_this(), std::move(wish), since);
  }
  return subscribe_to_hints(object, since);
}

Status LiveSession::subscribe_to_hints(const std::string& object, std::int64_t since) {
  {
    const std::lock_guard lock(mutex_);
    if (objects_.size() >= max_subscriptions && !objects_.contains(object)) {
      return too_many_subscriptions();
    }
    objects_.insert(object);
  }
  // Read after the subscription holds: what comes later is told by the hub.
  bool changed_since = false;
  LP_TRY(const std::int64_t seq, last_seq());
  if (since >= 0 && since < seq) {
    LP_CHECK(services_.records.database().read([&](storage::Connection& connection) {
      return stream::read_since(connection, since, object, 1, [&](const stream::Entry&) {
        changed_since = true;
        return Status();
      });
    }));
  }
  const std::lock_guard lock(mutex_);
  send_seq("subscribed", object, seq);
  if (changed_since) send_seq("changed", object, seq);
  if (since > seq) send_seq("resync", {}, seq);
  return {};
}

Status LiveSession::joined(const std::string& group, const std::string& object, std::int64_t seq) {
  const std::lock_guard lock(mutex_);
  if (joined_.size() >= max_subscriptions && !joined_.contains(group)) {
    return too_many_subscriptions();
  }
  joined_.insert(group);
  JsonWriter out;
  out.begin_object().key("type").string("subscribed").key("subscription").string(group);
  out.key("object").string(object).key("seq").string(std::to_string(seq)).end_object();
  send(std::make_shared<const std::string>(out.take()));
  return {};
}

bool LiveSession::belongs_to(const std::string& group) const {
  const std::lock_guard lock(mutex_);
  return !closed_ && joined_.contains(group);
}

void LiveSession::tell(const std::vector<LiveMessage>& messages) {
  const std::lock_guard lock(mutex_);
  for (const LiveMessage& message : messages) send(message);
}

Result<jobs::Job> LiveSession::own_job(RecordId id) {
  LP_TRY(jobs::Job job, services_.jobs.get(id));
  if (job.created_by != principal_->user && !principal_->administrator) {
    return Error::of(ErrorCode::not_found);
  }
  return job;
}

Status LiveSession::subscribe_job(std::string_view text) {
  const Result<RecordId> id = parse_id(text);
  if (!id) return Error::of(ErrorCode::not_found);
  LP_TRY(const jobs::Job job, own_job(*id));
  std::string message = job_message(job);
  const std::lock_guard lock(mutex_);
  if (!has_ended(job)) {
    if (jobs_.size() >= max_subscriptions && !jobs_.contains(*id)) return too_many_subscriptions();
    jobs_[*id] = message;
  }
  send(std::make_shared<const std::string>(std::move(message)));
  return {};
}

void LiveSession::look_at_jobs() {
  std::map<RecordId, std::string> followed;
  {
    const std::lock_guard lock(mutex_);
    followed = jobs_;
  }
  for (const auto& [id, told] : followed) {
    const Result<jobs::Job> job = own_job(id);
    const std::lock_guard lock(mutex_);
    const auto entry = jobs_.find(id);
    if (entry == jobs_.end()) continue;
    if (!job) {
      jobs_.erase(entry);
      continue;
    }
    std::string message = job_message(*job);
    if (message == told) continue;
    send(std::make_shared<const std::string>(message));
    if (has_ended(*job)) {
      jobs_.erase(entry);
    } else {
      entry->second = std::move(message);
    }
  }
}

void LiveSession::objects_changed(const std::set<std::string>& objects, std::int64_t seq) {
  const std::lock_guard lock(mutex_);
  for (const std::string& object : objects_) {
    if (objects.contains(object)) send_seq("changed", object, seq);
  }
}

void LiveSession::everything_changed(std::int64_t seq) {
  const std::lock_guard lock(mutex_);
  send_seq("resync", {}, seq);
}

Result<std::int64_t> LiveSession::last_seq() {
  return services_.records.database().read(
      [](storage::Connection& connection) { return stream::last_seq(connection); });
}

void LiveSession::send(LiveMessage message) {
  // Once something was missed a resync is due, and what comes before it is worth nothing.
  if (closed_ || missed_) return;
  if (!peer_->send(std::move(message))) missed_ = true;
}

void LiveSession::send_seq(std::string_view type, std::string_view object, std::int64_t seq) {
  JsonWriter out;
  out.begin_object().key("type").string(type);
  if (!object.empty()) out.key("object").string(object);
  out.key("seq").string(std::to_string(seq)).end_object();
  send(std::make_shared<const std::string>(out.take()));
}

}  // namespace linchpin::inbound
