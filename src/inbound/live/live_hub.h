#pragma once

// Live pages: browsers subscribe over a WebSocket and are told what has changed. The hub follows
// the change log; while nobody listens it does nothing.
//
// A client sends            {"subscribe": {"object": "account", "since": "98124"?}}
//                           {"subscribe": {"job": "<id>"}}      and "unsubscribe" likewise
// and receives              {"type": "subscribed", "object", "seq"}  then, collapsed per object,
//                           {"type": "changed", "object", "seq"}
//                           {"type": "job", "id", "kind", "state", "progress": {"done", "total"}}
//                           {"type": "resync", "seq"}   something was missed: read anew
//                           {"type": "problem", "problem": {…}}

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "inbound/http/server.h"
#include "inbound/identity/identity.h"
#include "inbound/live/live_session.h"
#include "inbound/registration.h"

namespace linchpin::inbound {

class LiveHub {
 public:
  static constexpr std::chrono::milliseconds poll_interval{250};
  static constexpr int max_followed_entries = 5000;  // in one poll; beyond it everyone reads anew
  static constexpr int polls_between_checks = 40;    // of whether the listeners may still listen

  LiveHub(const Services& services, Identity& identity);
  ~LiveHub();  // every socket is closed

  std::shared_ptr<SocketSession> open(PrincipalPointer principal, Language language,
                                      std::shared_ptr<SocketPeer> peer);

  // Reads what is new and tells it. The hub's own thread does this; tests do it themselves.
  void poll();

 private:
  void run();
  void find_end();
  std::vector<std::shared_ptr<LiveSession>> sessions();
  // Objects that changed since the last poll; false when nothing was committed.
  bool read_changes(std::set<std::string>& objects, bool& too_many);
  void check_listeners(const std::vector<std::shared_ptr<LiveSession>>& listeners);

  const Services& services_;
  Identity& identity_;

  std::mutex poll_mutex_;  // guards what follows
  std::int64_t seen_seq_ = -1;
  std::int64_t seen_commits_ = -1;
  std::int64_t seen_version_ = -1;
  int polls_ = 0;

  std::mutex mutex_;  // guards what follows
  std::condition_variable wake_;
  std::vector<std::weak_ptr<LiveSession>> sessions_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace linchpin::inbound
