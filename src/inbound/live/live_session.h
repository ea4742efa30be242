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
#include "inbound/registration.h"

namespace linchpin::inbound {

class LiveSession final : public SocketSession {
 public:
  static constexpr std::size_t max_subscriptions = 64;  // objects, and jobs

  LiveSession(const Services& services, PrincipalPointer principal, Language language,
              std::shared_ptr<SocketPeer> peer);

  void on_text(std::string_view text) override;
  void on_drained() override;
  void on_closed() override;

  // Told by the hub.
  void objects_changed(const std::set<std::string>& objects, std::int64_t seq);
  void everything_changed(std::int64_t seq);
  void look_at_jobs();
  void close(std::string_view reason);

  const Principal& principal() const { return *principal_; }
  bool closed() const;

 private:
  Status receive(std::string_view text);
  Status change_subscription(const Members& wanted, bool subscribe);
  Status subscribe_object(const std::string& object, const Members& wanted);
  Status subscribe_job(std::string_view text);
  Result<jobs::Job> own_job(RecordId id);
  Result<std::int64_t> last_seq();
  void send(std::string text);  // with mutex_ held
  void send_seq(std::string_view type, std::string_view object, std::int64_t seq);

  const Services& services_;
  const PrincipalPointer principal_;
  const Language language_;
  const std::shared_ptr<SocketPeer> peer_;

  mutable std::mutex mutex_;  // guards what follows
  std::set<std::string> objects_;
  std::map<RecordId, std::string> jobs_;  // what was last told of each
  bool missed_ = false;                   // the peer's queue was full
  bool closed_ = false;
};

}  // namespace linchpin::inbound
