#pragma once

// Whether the search index says what the records say: what `linchpin check` reports.

#include <string>
#include <vector>

#include "records/search_index.h"

namespace linchpin::search {

// So many records are compared term by term, evenly spread; the number of terms is compared of all.
constexpr std::int64_t max_compared_records = 20'000;
constexpr std::size_t max_told_differences = 1'000;

struct IndexDifference {
  RecordId record;   // none: the index as a whole
  std::string what;  // the missing term, or the two numbers of rows
};

// Nothing when the index is still to be made, or far behind. Records that have changed since it was
// kept are left aside.
Result<std::optional<std::vector<IndexDifference>>> check_index(storage::Connection& connection,
                                                                const records::Object& object);

}  // namespace linchpin::search
