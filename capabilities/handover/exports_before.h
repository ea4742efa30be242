#pragma once

// What somebody has taken out of the house lately: to be looked at before his work is handed over.

#include "records/records.h"

namespace linchpin::handover {

constexpr int looked_back_days = 30;
constexpr std::size_t max_told_exports = 50;

// {"days","count","more","latest":[{"at","object","format"}]}, newest first; from the audit log.
Result<json::object> exports_before(records::Records& records, RecordId user, Instant now);

}  // namespace linchpin::handover
