#pragma once

// Accounts that are probably one customer: their names, or other names that they are known by,
// differ only in what does not tell companies apart, or one is a short name of the other and of
// nobody else.

#include <string>
#include <vector>

#include "records/records.h"

namespace linchpin::duplicates {

constexpr std::size_t max_compared = 2'000'000;    // names
constexpr std::size_t max_short_names = 100'000;   // among them
constexpr std::size_t max_short_of_key = 200;      // short names that begin alike
constexpr std::size_t max_twins = 100'000;         // of all groups
constexpr std::size_t max_groups = 200;            // that are told

struct Twin {
  RecordId account;
  std::string name;
  bool by_other_name = false;  // what agrees is a former, common or English name
  bool by_short_name = false;  // what agrees is short for the name of another in the group
};

struct TwinGroup {
  std::string essential;
  std::vector<Twin> twins;  // each account once
};

struct TwinGroups {
  std::vector<TwinGroup> groups;  // the largest first, at most max_groups
  bool truncated = false;         // there are more than one of the limits lets through
};

// Among the accounts that the scope reaches; with `account` only the groups that it stands in. The
// names are read twice and not kept: 16 bytes of each, and the text of short ones and of twins.
Result<TwinGroups> find_twins(const records::Records& records, storage::Connection& connection,
                              const access::AccessScope& scope, RecordId account);

}  // namespace linchpin::duplicates
