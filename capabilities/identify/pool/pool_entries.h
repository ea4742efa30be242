#pragma once

// Records of `pool_entry`: which state an account had in the pool, from when until when, and why.
// An entry is closed, never rewritten.

#include <map>
#include <string>
#include <vector>

#include "base/json_writer.h"
#include "identify/pool/pool_reading.h"
#include "identify/pool/pool_state.h"
#include "records/bulk.h"

namespace linchpin::identify {

struct PoolEntry {
  RecordId id;
  RecordId account;
  PoolState state = PoolState::none;
  std::string tier;
  std::optional<Day> since{};
  std::optional<Day> until{};
  std::string reason;
  json::value evidence{};  // null, or an object
  RecordId requested_by;
  RecordId decided_by;
  std::string round;       // its name
  json::value transfer{};  // null, or an object
  bool fast_track = false;
  std::optional<Day> due_on{};

  bool transfer_is_open() const;
};

// The latest first. Error: not_found for a scope that may not read them.
Result<std::vector<PoolEntry>> read_pool_entries(const PoolSource& source,
                                                 const json::value& where);
// The one that is not closed, of an account. Nothing where it has none.
Result<std::optional<PoolEntry>> open_pool_entry(const PoolSource& source, RecordId account);

// Within a write: accounts in the pool that a scoring gives another tier, whose open entries
// follow.
Status retier_open_entries(const PoolSource& source, records::BulkSlice& slice,
                           const std::map<RecordId, std::string>& tiers);

void write_pool_entry(JsonWriter& out, const PoolEntry& entry);

}  // namespace linchpin::identify
