#pragma once

// Entries of the change log go when they are older than the workspace keeps them.

#include "inbound/settings.h"
#include "jobs/jobs.h"
#include "records/records.h"

namespace linchpin::inbound {

// Removes what is too old now, in slices that leave the writer to people in between.
Status forget_old_changes(storage::Database& database, Instant now, int days);

// Has the jobs' housekeeping do it. Everything given lives as long as the jobs.
void forget_old_changes_regularly(jobs::Jobs& jobs, records::Records& records, const Clock& clock,
                                  const Settings& settings);

}  // namespace linchpin::inbound
