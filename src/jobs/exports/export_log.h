#pragma once

// What somebody has had exported, as the audit log tells it.

#include <string>
#include <vector>

#include "records/records.h"

namespace linchpin::exports {

struct LoggedExport {
  Instant at = 0;
  std::string object;
  std::string format;
};

// Newest first, of `user` since `since`.
Result<std::vector<LoggedExport>> logged_exports(records::Records& records, RecordId user,
                                                 Instant since, int limit);

}  // namespace linchpin::exports
