#pragma once

// From a request to its answer: route, who asks, may he, what comes back, in which words. Every
// request leaves one line in the log and its share in the metrics, and no secret in either.

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "inbound/caller_limits.h"
#include "inbound/http/server.h"
#include "inbound/http/static_files.h"
#include "inbound/idempotency.h"
#include "inbound/identity/identity.h"
#include "inbound/live/live_hub.h"
#include "inbound/registration.h"
#include "inbound/router.h"

namespace linchpin::inbound {

constexpr std::string_view api_base = "/api/v1";

class ApiHandler final : public RequestHandler, public Registration {
 public:
  struct Parts {
    Services services;
    Identity& identity;
    Idempotency& idempotency;
    LiveHub& live;
    StaticFiles& web;
    CallerLimits& limits;
  };

  explicit ApiHandler(Parts parts);

  void route(Route route) override { router_.add(api_base, std::move(route)); }
  // At the root, for machines: health and figures.
  void root_route(Route route) { router_.add({}, std::move(route)); }
  const Services& services() const override { return parts_.services; }

  RequestPlan plan(const RequestHead& head) override;
  Response answer(Request request) override;
  Result<std::shared_ptr<SocketSession>> open_socket(const RequestHead& head,
                                                     std::shared_ptr<SocketPeer> peer) override;
  Response problem(const RequestHead& head, const Error& error) override;

  const Router& router() const { return router_; }
  std::string metrics_text(const HttpCounters& counters) const;

 private:
  struct Outcome {
    Result<Response> answer;
    std::string route;  // pattern, or what stands for it in log and metrics
    RouteEntry* entry = nullptr;
    RecordId user;
  };

  Response refuse(const RequestHead& head, RouteEntry& entry, const Error& error);
  Outcome perform(Request& request);
  Result<Response> answer_route(RouteEntry& entry, Request& request, RecordId& user);
  Result<Response> answer_once(const Route& route, const Request& request, Caller& caller);
  Status check_rights(const Route& route, const RequestHead& head,
                      const Principal& principal) const;
  void log_outcome(const RequestHead& head, const Outcome& outcome, int status,
                   std::int64_t microseconds);

  Parts parts_;
  Router router_;
};

}  // namespace linchpin::inbound
