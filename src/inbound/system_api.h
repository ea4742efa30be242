#pragma once

// What machines ask: /healthz, /readyz and /metrics at the root, /openapi.json and /live below the
// base (the latter only to say that a WebSocket is expected).

#include <functional>
#include <string>

#include "inbound/api_handler.h"

namespace linchpin::inbound {

struct SystemSources {
  std::function<HttpCounters()> counters;
  std::function<Result<std::string>()> openapi;  // the document's text; asked once
};

void install_system_api(ApiHandler& handler, SystemSources sources);

}  // namespace linchpin::inbound
