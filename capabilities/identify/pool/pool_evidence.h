#pragma once

// What the figures say of an account at this moment: the snapshot that a decision keeps.

#include <string>
#include <vector>

#include "base/json.h"
#include "identify/pool/pool_policy.h"
#include "identify/pool/pool_state.h"

namespace linchpin::identify {

struct PoolAccount {
  RecordId id;
  PoolState state = PoolState::none;
  std::string code, name, tier;
  RecordId owner;
  std::optional<Units> score{};         // two digits
  std::optional<Units> completeness{};  // percent, two digits
};

struct PoolEvidence {
  json::object snapshot;
  std::vector<std::string> missing{};  // fields that a card must have and this one has not
  bool incomplete = false;
  bool speaks = false;  // whether it says anything for or against an admission
};

// Nothing where there is no such account in the source's scope.
Result<std::optional<PoolAccount>> read_pool_account(const PoolSource& source, RecordId id);

// As the product sees it: the scope of the source reads everything.
Result<PoolEvidence> gather_evidence(const PoolSource& source, const PoolAccount& account,
                                     const PoolPolicy& policy, Instant now);

}  // namespace linchpin::identify
