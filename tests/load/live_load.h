#pragma once

// Many pages that listen: WebSockets of this process on a server of another, and how long a change
// takes to reach all of them.

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "server_process.h"

namespace linchpin::load {

struct LiveSetting {
  int connections = 10'000;
  int filters = 20;  // different ones, shared out among the connections
  int changes = 20;  // one a second
};

struct LiveResult {
  std::int64_t expected = 0;
  std::int64_t received = 0;
  double median_ms = 0;  // from the request that changes a record to the event
  double p99_ms = 0;
  double kilobytes_per_connection = 0;
};

// `tokens`: of the users who listen, in turn; the first one makes and changes the record.
Result<LiveResult> run_live_load(const ServerProcess& server,
                                 const std::vector<std::string>& tokens,
                                 const LiveSetting& setting);

}  // namespace linchpin::load
