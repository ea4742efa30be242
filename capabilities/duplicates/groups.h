#pragma once

// Accounts that are probably one customer: their names, or other names that they are known by,
// differ only in what does not tell companies apart.

#include <string>
#include <vector>

#include "records/records.h"

namespace linchpin::duplicates {

constexpr std::size_t max_compared = 200'000;  // names
constexpr std::size_t max_groups = 200;

struct Twin {
  RecordId account;
  std::string name;
  bool by_other_name = false;  // what agrees is a former, common or English name
};

struct TwinGroup {
  std::string essential;
  std::vector<Twin> twins;  // each account once
};

struct TwinGroups {
  std::vector<TwinGroup> groups;  // the largest first, at most max_groups
  bool truncated = false;         // there are more names, or more groups
};

// Among the accounts that the scope reaches; with `account` only the groups that it stands in.
Result<TwinGroups> find_twins(const records::Records& records, storage::Connection& connection,
                              const access::AccessScope& scope, RecordId account);

}  // namespace linchpin::duplicates
