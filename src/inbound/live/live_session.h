#pragma once

// One browser that listens: what it has subscribed to and what it was told.

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>

#include "inbound/body.h"
#include "inbound/http/server.h"
#include "inbound/identity/principal.h"
#include "inbound/live/live_group.h"
#include "inbound/live/presence.h"
#include "inbound/registration.h"

namespace linchpin::inbound {

class LiveSession;

// Where sessions join those who listen to the same.
class LiveGroups {
 public:
  virtual ~LiveGroups() = default;
  // Tells the session that it has joined, and what it has missed since `since` (below 0: nothing).
  virtual Status join(const std::shared_ptr<LiveSession>& session, LiveWish wish,
                      std::int64_t since) = 0;
};

class LiveSession final : public SocketSession, public std::enable_shared_from_this<LiveSession> {
 public:
  static constexpr std::size_t max_subscriptions = 64;  // of each kind

  LiveSession(const Services& services, LiveGroups& groups, PrincipalPointer principal,
              Language language, std::shared_ptr<SocketPeer> peer);

  void on_text(std::string_view text) override;
  void on_drained() override;
  void on_closed() override;

  // Told by the hub.
  void objects_changed(const std::set<std::string>& objects, std::int64_t seq);
  void everything_changed(std::int64_t seq);
  void look_at_jobs();
  // Acknowledges a subscription. Error: invalid_state / `too_many_subscriptions` {max}.
  Status joined(const std::string& group, const std::string& object, std::int64_t seq);
  bool belongs_to(const std::string& group) const;
  void tell(const std::vector<LiveMessage>& messages);
  // Only what differs from what was told before.
  void tell_presence(std::string message);
  LivePlace place() const;
  void close(std::string_view reason);

  const Principal& principal() const { return *principal_; }
  bool closed() const;

 private:
  Status receive(std::string_view text);
  Status change_subscription(const Members& wanted, bool subscribe);
  Status take_place(const Members& said);
  Status subscribe_object(const std::string& object, const Members& wanted);
  Status subscribe_to_hints(const std::string& object, std::int64_t since);
  Status subscribe_job(std::string_view text);
  Result<jobs::Job> own_job(RecordId id);
  Result<std::int64_t> last_seq();
  void send(LiveMessage message);  // with mutex_ held
  void send_seq(std::string_view type, std::string_view object, std::int64_t seq);

  const Services& services_;
  LiveGroups& groups_;
  const PrincipalPointer principal_;
  const Language language_;
  const std::shared_ptr<SocketPeer> peer_;

  mutable std::mutex mutex_;  // guards what follows
  std::set<std::string> objects_;
  std::set<std::string> joined_;          // ids of groups
  std::map<RecordId, std::string> jobs_;  // what was last told of each
  LivePlace place_;
  std::string told_presence_;
  bool missed_ = false;  // the peer's queue was full
  bool closed_ = false;
};

}  // namespace linchpin::inbound
