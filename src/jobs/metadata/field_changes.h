#pragma once

// Field changes as jobs. The result: {"converted":n,"failed":n,"failures":[{"record","value",
// "code","params"}]}, where `failures` are the first hundred values that do not convert.

#include "jobs/jobs.h"
#include "records/records.h"

namespace linchpin::jobs {

// The database is quiet when nobody else has written for so long.
constexpr std::chrono::milliseconds quiet_time{200};
// After that an index is made even though people write.
constexpr std::chrono::seconds quiet_patience{120};

// The hourly purge of what has rested in the trash.
void install_purge(Jobs& jobs, records::Records& records, const Clock& clock);

void install_field_changes(Jobs& jobs, records::Records& records, const Clock& clock);

}  // namespace linchpin::jobs
