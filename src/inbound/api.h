#pragma once

// The API as one thing: who asks, what is there to call, what is kept for it. apps/server makes one
// and gives its handler to an HTTP server; capabilities register their routes before that.

#include <functional>
#include <string>

#include "inbound/api_handler.h"
#include "inbound/idempotency.h"
#include "inbound/identity/identity.h"
#include "inbound/live/live_hub.h"
#include "inbound/oidc/oidc_api.h"
#include "inbound/settings.h"
#include "inbound/workspace_api.h"

namespace linchpin::inbound {

class Api {
 public:
  struct Parts {
    Services services;
    IdGenerator& ids;
    Settings& settings;
    Key workspace_key;
    Product product;
    std::string web_folder;
    std::string public_url;  // what people use; https means that cookies are Secure
    std::function<Result<std::string>()> openapi;
    std::int64_t requests_per_minute = default_requests_per_minute;  // of one caller
    OidcParts oidc = {};
  };
  explicit Api(Parts parts);
  ~Api();

  // Of everything that inbound keeps, the settings included.
  static Status ensure_tables(storage::Connection& connection);

  ApiHandler& handler() { return handler_; }
  Identity& identity() { return identity_; }
  LiveHub& live() { return live_; }
  // Whose connections /metrics counts; none counts as no connections.
  void watch(const HttpServer* server) { server_ = server; }

 private:
  Services services_;
  Identity identity_;
  Idempotency idempotency_;
  StaticFiles web_;
  LiveHub live_;
  CallerLimits limits_;
  ApiHandler handler_;
  std::atomic<const HttpServer*> server_ = nullptr;
};

}  // namespace linchpin::inbound
