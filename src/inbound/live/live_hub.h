#pragma once

// Live pages: browsers subscribe over a WebSocket and are told what has changed. The hub follows
// the change log; while nobody listens it does nothing.
//
// A client sends   {"subscribe": {"object": "account", "where": {…}?, "select": [...]?,
//                                 "since": "98124"?}}          and is told of records:
//   {"type": "subscribed", "subscription", "object", "seq"}
//   {"type": "enter" | "update" | "leave", "subscription", "object", "seq", "record", "version",
//    "changed", "fields"}
//   {"type": "bulk_changed", "subscription", "object", "seq", "rows"}   read the list anew
// With neither `where` nor `select` it is only told that something has changed:
//   {"type": "subscribed", "object", "seq"}, {"type": "changed", "object", "seq"}
// {"subscribe": {"job": "<id>"}}:
//   {"type": "job", "id", "kind", "state", "progress": {"done", "total"}}
// "unsubscribe" takes "subscription", "object" or "job".
// {"presence": {"object", "record"?, "field"?, "editing"?}} says where somebody is, {"presence":
// {}} that he is nowhere; whoever is at the same object is told of the others:
//   {"type": "presence", "object", "people": [{"user", "name", "record"?, "field"?, "editing"?}]}
// To everyone:
//   {"type": "resync", "seq"}   something was missed: read anew
//   {"type": "problem", "problem": {…}}
// After a break `since` brings what was missed; an event may then come twice.

#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "inbound/http/server.h"
#include "inbound/identity/identity.h"
#include "inbound/live/live_group.h"
#include "inbound/live/live_session.h"
#include "inbound/live/presence.h"
#include "inbound/registration.h"

namespace linchpin::inbound {

class LiveHub final : private LiveGroups {
 public:
  static constexpr std::chrono::milliseconds poll_interval{50};
  static constexpr int polls_between_jobs = 5;      // looks at jobs that are followed, and people
  static constexpr int polls_between_checks = 200;  // of whether the listeners may still listen
  static constexpr std::size_t max_groups = 2'000;  // different filters, fields and rights

  LiveHub(const Services& services, Identity& identity);
  ~LiveHub() override;  // every socket is closed

  std::shared_ptr<SocketSession> open(PrincipalPointer principal, Language language,
                                      std::shared_ptr<SocketPeer> peer);

  // Reads what is new and tells it. The hub's own thread does this; tests do it themselves.
  void poll();

 private:
  using Listeners = std::vector<std::shared_ptr<LiveSession>>;
  struct Members {
    std::unique_ptr<LiveGroup> group;
    std::vector<std::weak_ptr<LiveSession>> sessions;
  };
  // What one look at the log has brought.
  struct News {
    std::set<std::string> objects;
    std::vector<std::pair<Members*, std::vector<LiveMessage>>> messages;
    bool too_many = false;
  };

  Status join(const std::shared_ptr<LiveSession>& session, LiveWish wish,
              std::int64_t since) override;
  Result<Members*> members_for(const access::AccessScope& scope, LiveWish wish);
  Status replay(LiveSession& session, LiveGroup& group, std::int64_t since);

  void run();
  void find_end();
  Listeners sessions();
  bool is_news();
  Status read_news(News& news);
  void tell(Members& members, const std::vector<LiveMessage>& messages);
  bool renew(Members& members);
  void renew_groups();
  void check_listeners(const Listeners& listeners);

  const Services& services_;
  Identity& identity_;

  std::mutex poll_mutex_;  // guards what follows
  std::int64_t seen_seq_ = -1;
  std::int64_t seen_commits_ = -1;
  std::int64_t seen_version_ = -1;
  int polls_ = 0;
  std::map<std::string, Members> groups_;  // by LiveGroup::key
  std::int64_t groups_made_ = 0;
  PresenceBoard presence_;

  std::mutex mutex_;  // guards what follows
  std::condition_variable wake_;
  std::vector<std::weak_ptr<LiveSession>> sessions_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace linchpin::inbound
