#pragma once

// One chain of upgrades from the first version of a workspace's database to that of this program.
// All steps that a database lacks run in the one transaction that opens it, each is verified when
// it has run, and every later start verifies them again: a database that is neither the one nor the
// other is not worked with.

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/clock.h"
#include "storage/storage.h"

namespace linchpin::server {

struct Upgrade {
  std::int64_t version;   // of the database after it
  std::string_view name;  // as lp_upgrade and messages say it
  Status (*apply)(storage::Connection&);
  // Whether the database holds what `apply` makes.
  Result<bool> (*holds)(storage::Connection&);
};

constexpr std::int64_t first_version = 1;

// In the order of their versions, which follow each other without a gap.
std::span<const Upgrade> upgrades();
// What this program's tables are; a database that says more was written by a newer one.
std::int64_t workspace_version();

// Within the opening write. Error: unusable_database / `upgrade_failed` {step, version} when a step
// does not hold after it ran, or the error of the step.
Status upgrade(storage::Connection& connection, std::int64_t from, std::span<const Upgrade> steps,
               Instant now);

// Error: unusable_database / `database_half_upgraded` {step, version} when a step up to `version`
// does not hold.
Status verify_upgrades(storage::Connection& connection, std::int64_t version,
                       std::span<const Upgrade> steps);

}  // namespace linchpin::server
